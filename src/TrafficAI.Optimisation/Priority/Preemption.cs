using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>Clears the way for emergency vehicles, above whatever strategy controls the intersection. It only wishes a phase, so minimum greens,
/// intergreens and the longest red stay as they are: the way in and the way out are as safe as any change.</summary>
/// <remarks>One vehicle at a time: the first to arrive, of equals that of the lowest lane. It is served from when its queue and the passage to
/// its phase need the time, or at once where its phase runs, until it has gone or for <see cref="LongestServiceSeconds"/>. Where its green moves
/// nobody, the lane beside it is served, whose queue may hold it up; where there is none, it is given up. Then it is left alone for
/// <see cref="RecoverySeconds"/>, while the lane that has stood longest goes first and the strategy takes over. Another emergency vehicle is
/// served without that delay.</remarks>
public sealed class Preemption(IntersectionModel model)
{
    /// <summary>Longest service of one vehicle, from the first wish on. Longer ones cost the others more than they save it.</summary>
    public const int LongestServiceSeconds = 60;

    /// <summary>No vehicle is served again so soon after its service.</summary>
    public const int RecoverySeconds = 60;

    /// <summary>A vehicle that is out of sight for so long has gone.</summary>
    public const int GoneSeconds = 3;

    /// <summary>Green for the lane that has stood longest, unless its queue goes before.</summary>
    private const int OwedGreenSeconds = 15;

    /// <summary>A lane from which nobody has left for so long in spite of green is held up by another one.</summary>
    private const int StuckSeconds = 8;

    /// <summary>Whoever sees green so long before the stop line need not brake.</summary>
    private const double ComfortSeconds = 6;

    private readonly LanePhase phases = new(model);
    private readonly LaneWaits waits = new(model);
    private readonly List<(uint Key, long Until)> served = [];
    private readonly List<EmergencyVehicle> inSight = [];
    private readonly Proposal proposal = new();
    private EmergencyVehicle target;

    /// <summary>The lane that is served for it.</summary>
    private int lane;
    private PhaseId phase;
    private long since;
    private long seen;
    private int owed = -1;

    /// <summary>How far it has come.</summary>
    public PreemptionStage Stage { get; private set; }

    /// <summary>What is wanted in the end. To be called once a decision, in rising seconds.</summary>
    /// <param name="usual">What the strategy wants.</param>
    public Proposal Over(in Situation situation, Proposal usual)
    {
        waits.Observe(situation.Picture);
        var now = situation.ActsAt;
        EmergencyVehicle.Find(situation.Picture, inSight);
        if (served.Count > 0) Forget(now);
        if (Stage == PreemptionStage.Serving) Serve(situation);
        if (Stage != PreemptionStage.Serving) Seek(situation);
        if (Stage == PreemptionStage.Recovering) Recover(situation);
        return Stage switch
        {
            PreemptionStage.Serving => Wish(situation, Motive.PreEmption, new("an emergency vehicle comes on lane {0}: F{1} serves lane {2}", target.Lane + 1, phase.Number, lane + 1)),
            PreemptionStage.Recovering when owed >= 0 => Wish(situation, Motive.Recovery, new("F{0} serves lane {1}, which stood longest for an emergency vehicle", phase.Number, owed + 1)),
            _ => usual,
        };
    }

    private void Forget(long now) => served.RemoveAll(vehicle => vehicle.Until <= now);

    /// <summary>Follows the vehicle that is being served; ends its service.</summary>
    private void Serve(in Situation situation)
    {
        if (Find() is { } found) Follow(found, situation);
        var isServed = !IsStuck(situation) || TryLaneBeside(situation);
        if (isServed && situation.ActsAt - seen < GoneSeconds && situation.ActsAt - since < LongestServiceSeconds) return;
        served.Add((target.Key, situation.ActsAt + RecoverySeconds));
        owed = LongestWaiting([.. model.Lanes.Select(l => l.Index)]);
        Enter(PreemptionStage.Recovering, situation.ActsAt);
    }

    /// <summary>Its phase stays as it was chosen for its lane, lest learned turns make it flicker.</summary>
    private void Follow(in EmergencyVehicle found, in Situation situation)
    {
        var isNews = (found.Lane, found.Excluded) != (target.Lane, target.Excluded);
        (target, seen) = (found, situation.ActsAt);
        if (!isNews || phases.Best(found.Lane, found.Excluded, situation.Picture, situation.Signals.Target) is not { } best) return;
        (lane, phase) = (found.Lane, best);
    }

    /// <summary>It stands, and its green lets nobody go.</summary>
    private bool IsStuck(in Situation situation) =>
        target.ArrivalSeconds == 0 && situation.Signals.Next is null && situation.Signals.Phase == phase
        && Lights.GreenSeconds(model, model.Lanes[lane], situation.Signals) >= StuckSeconds
        && situation.Picture.Lanes[lane].SinceDischargeSeconds >= StuckSeconds;

    /// <summary>Serves the lane of its approach that has stood longest: where that one is full, it holds up the lane beside it.</summary>
    private bool TryLaneBeside(in Situation situation)
    {
        var beside = LongestWaiting(ApproachOf(target.Lane));
        if (beside < 0 || phases.Best(beside, 0, situation.Picture, situation.Signals.Target) is not { } best) return false;
        (lane, phase) = (beside, best);
        return true;
    }

    private ImmutableArray<int> ApproachOf(int stopLane)
    {
        foreach (var approach in model.Approaches)
            if (approach.Contains(stopLane)) return approach;
        return [];
    }

    private EmergencyVehicle? Find()
    {
        foreach (var vehicle in inSight)
            if (vehicle.Key == target.Key) return vehicle;
        return null;
    }

    /// <summary>Looks for the vehicle to serve next, and begins when it is time.</summary>
    private void Seek(in Situation situation)
    {
        if (First(situation) is not { } first)
        {
            if (Stage == PreemptionStage.Requested) Enter(PreemptionStage.Idle, situation.ActsAt);
            return;
        }

        if (IsDue(first.Vehicle, first.Phase, situation))
        {
            (target, lane, phase, seen) = (first.Vehicle, first.Vehicle.Lane, first.Phase, situation.ActsAt);
            Enter(PreemptionStage.Serving, situation.ActsAt);
        }
        else if (Stage == PreemptionStage.Idle)
        {
            Enter(PreemptionStage.Requested, situation.ActsAt);
        }
    }

    /// <summary>The first to arrive of those that have not been served lately, and the phase that serves it.</summary>
    private (EmergencyVehicle Vehicle, PhaseId Phase)? First(in Situation situation)
    {
        (EmergencyVehicle Vehicle, PhaseId Phase)? first = null;
        foreach (var vehicle in inSight)
        {
            if (IsServed(vehicle.Key) || vehicle.ArrivalSeconds >= first?.Vehicle.ArrivalSeconds) continue;
            if (phases.Best(vehicle.Lane, vehicle.Excluded, situation.Picture, situation.Signals.Target) is { } serving) first = (vehicle, serving);
        }

        return first;
    }

    private bool IsServed(uint key) => served.Exists(s => s.Key == key);

    private bool IsDue(in EmergencyVehicle vehicle, PhaseId serving, in Situation situation)
    {
        var running = situation.Signals.Target;
        if (running == serving) return true;
        var change = SignalDecider.EarliestChange(model.Signals, situation.Signals, serving);
        if (change == long.MaxValue) return true;
        var queue = vehicle.Ahead * DischargeRates.HeadwaySeconds + DischargeRates.StartUpSeconds;
        return vehicle.ArrivalSeconds <= ComfortSeconds + (change - situation.ActsAt) + model.Signals.PassageSeconds(running, serving) + queue;
    }

    private void Recover(in Situation situation)
    {
        if (owed >= 0 && HasHadItsTurn(owed, situation)) owed = -1;
        if (owed >= 0) phase = phases.Best(owed, 0, situation.Picture, situation.Signals.Target) ?? phase;
        if (situation.ActsAt - since >= RecoverySeconds) Enter(PreemptionStage.Idle, situation.ActsAt);
    }

    private bool HasHadItsTurn(int waiting, in Situation situation)
    {
        var green = Lights.GreenSeconds(model, model.Lanes[waiting], situation.Signals);
        return situation.Picture.Lanes[waiting].Vehicles.IsEmpty || green >= OwedGreenSeconds || (green > 0 && situation.Picture.Lanes[waiting].Queue < 1);
    }

    /// <summary>The lane whose head has stood longest of those that the vehicle's phase does not serve; −1 where nobody stands.</summary>
    private int LongestWaiting(ImmutableArray<int> lanes)
    {
        var longest = -1;
        foreach (var one in lanes)
        {
            if (model.Serves(phase, one) || waits.Seconds(one) == 0) continue;
            if (longest < 0 || waits.Seconds(one) > waits.Seconds(longest)) longest = one;
        }

        return longest;
    }

    private void Enter(PreemptionStage stage, long second) => (Stage, since) = (stage, second);

    private Proposal Wish(in Situation situation, Motive motive, Reason reason) =>
        proposal.WantOrPass(situation.Signals, phase, motive, reason);
}
