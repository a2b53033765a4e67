using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>Clears the way for emergency vehicles, above whatever strategy controls the intersection. It only wishes a phase, so minimum greens,
/// intergreens and the longest red stay as they are: the way in and the way out are as safe as any change.</summary>
/// <remarks>One vehicle at a time: the first to arrive, of equals that of the lowest lane. It is served from when its queue and the passage to
/// its phase need the time, or at once where its phase runs, until it has gone or for <see cref="LongestServiceSeconds"/>. Then it is left alone
/// for <see cref="RecoverySeconds"/>, while the lane that has stood longest goes first and the strategy takes over. Another emergency
/// vehicle is served without that delay.</remarks>
public sealed class Preemption(IntersectionModel model)
{
    /// <summary>Longest service of one vehicle, from the first wish on: a queue of 200 m and a long passage take as much.</summary>
    public const int LongestServiceSeconds = 90;

    /// <summary>No vehicle is served again so soon after its service.</summary>
    public const int RecoverySeconds = 60;

    /// <summary>A vehicle that is out of sight for so long has gone.</summary>
    public const int GoneSeconds = 3;

    /// <summary>Green for the lane that has stood longest, unless its queue goes before.</summary>
    private const int OwedGreenSeconds = 15;

    /// <summary>Whoever sees green so long before the stop line need not brake.</summary>
    private const double ComfortSeconds = 6;

    private readonly LanePhase phases = new(model);
    private readonly LaneWaits waits = new(model);
    private readonly List<(uint Key, long Until)> served = [];
    private EmergencyVehicle target;
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
        served.RemoveAll(vehicle => vehicle.Until <= now);
        if (Stage == PreemptionStage.Serving) Serve(situation);
        if (Stage != PreemptionStage.Serving) Seek(situation);
        if (Stage == PreemptionStage.Recovering) Recover(situation);
        return Stage switch
        {
            PreemptionStage.Serving => Wish(situation, Motive.PreEmption, $"an emergency vehicle comes on lane {target.Lane + 1}: {phase} serves it"),
            PreemptionStage.Recovering when owed >= 0 => Wish(situation, Motive.Recovery, $"{phase} serves lane {owed + 1}, which stood longest for an emergency vehicle"),
            _ => usual,
        };
    }

    /// <summary>Follows the vehicle that is being served; ends its service.</summary>
    private void Serve(in Situation situation)
    {
        if (Find(situation.Picture) is { } found) Follow(found, situation);
        if (situation.ActsAt - seen < GoneSeconds && situation.ActsAt - since < LongestServiceSeconds) return;
        served.Add((target.Key, situation.ActsAt + RecoverySeconds));
        owed = LongestWaiting();
        Enter(PreemptionStage.Recovering, situation.ActsAt);
    }

    /// <summary>Its phase stays as it was chosen for its lane, lest learned turns make it flicker.</summary>
    private void Follow(in EmergencyVehicle found, in Situation situation)
    {
        var isNews = (found.Lane, found.Excluded) != (target.Lane, target.Excluded);
        (target, seen) = (found, situation.ActsAt);
        if (isNews) phase = phases.Best(found.Lane, found.Excluded, situation.Picture, situation.Signals.Target) ?? phase;
    }

    private EmergencyVehicle? Find(TrafficPicture picture)
    {
        foreach (var vehicle in EmergencyVehicle.In(picture))
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
            (target, phase, seen) = (first.Vehicle, first.Phase, situation.ActsAt);
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
        foreach (var vehicle in EmergencyVehicle.In(situation.Picture))
        {
            if (served.Exists(s => s.Key == vehicle.Key) || vehicle.ArrivalSeconds >= first?.Vehicle.ArrivalSeconds) continue;
            if (phases.Best(vehicle.Lane, vehicle.Excluded, situation.Picture, situation.Signals.Target) is { } serving) first = (vehicle, serving);
        }

        return first;
    }

    private bool IsDue(in EmergencyVehicle vehicle, PhaseId serving, in Situation situation)
    {
        var running = situation.Signals.Target;
        if (running == serving) return true;
        var change = SignalDecider.EarliestChange(model.Signals, situation.Signals, serving);
        if (change == long.MaxValue) return true;
        var queue = vehicle.Ahead * DischargeRates.HeadwaySeconds + DischargeRates.StartUpSeconds;
        return vehicle.ArrivalSeconds <= ComfortSeconds + (change - situation.ActsAt) + phases.Passage(running, serving) + queue;
    }

    private void Recover(in Situation situation)
    {
        if (owed >= 0 && HasHadItsTurn(owed, situation)) owed = -1;
        if (owed >= 0) phase = phases.Best(owed, 0, situation.Picture, situation.Signals.Target) ?? phase;
        if (situation.ActsAt - since >= RecoverySeconds) Enter(PreemptionStage.Idle, situation.ActsAt);
    }

    private bool HasHadItsTurn(int lane, in Situation situation)
    {
        var green = Lights.GreenSeconds(model, model.Lanes[lane], situation.Signals);
        return situation.Picture.Lanes[lane].Vehicles.IsEmpty || green >= OwedGreenSeconds || (green > 0 && situation.Picture.Lanes[lane].Queue < 1);
    }

    /// <summary>The lane whose head has stood longest of those that the vehicle's phase does not serve; −1 where nobody stands.</summary>
    private int LongestWaiting()
    {
        var longest = -1;
        foreach (var lane in model.Lanes)
        {
            if (model.Serves(phase, lane.Index) || waits.Seconds(lane.Index) == 0) continue;
            if (longest < 0 || waits.Seconds(lane.Index) > waits.Seconds(longest)) longest = lane.Index;
        }

        return longest;
    }

    private void Enter(PreemptionStage stage, long second) => (Stage, since) = (stage, second);

    private Proposal Wish(in Situation situation, Motive motive, FormattableString reason)
    {
        var words = FormattableString.Invariant(reason);
        return situation.Signals.Next is { } passingTo ? Passing.To(passingTo) with { Reason = words } : new(phase, [], [], words, motive);
    }
}
