using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Shows the phase of the highest pressure: queue × saturation flow, summed over the movements that it serves.</summary>
/// <remarks>Varaiya (2013), Max pressure control of a network of signalized intersections, Transp. Res. C 36, at movement level:
/// γ(phase) = Σ c·w, with w = turn share × vehicles of the lane. Queues behind the junction are seen only as exits that are full: there
/// w = 0; likewise in a lane that does not move in spite of green. Since a passage costs L seconds, another phase is taken only if
/// γ(best)·(T − L)/T exceeds γ(running), where T is the time that the new phase is expected to last, L included (the original knows
/// no lost time).</remarks>
public sealed class MaxPressureStrategy(IntersectionModel model) : IStrategy, IAccounts
{
    private const double LongestGreenSeconds = 60;
    private readonly StuckLanes stuck = new(model);
    private readonly double[] pressures = new double[model.Signals.Phases.Length];
    private readonly Proposal proposal = new();

    public string Name => "max-pressure";

    public Proposal Propose(in Situation situation)
    {
        stuck.Observe(situation);
        if (situation.Signals.Next is { } target) return proposal.Pass(target);
        var running = situation.Signals.Phase;
        foreach (var phase in model.Signals.Phases) pressures[phase.Id.Index] = Pressure(phase.Id, situation);
        var wanted = running;
        var most = pressures[running.Index];
        foreach (var phase in model.Signals.Phases)
        {
            if (phase.Id == running) continue;
            var net = pressures[phase.Id.Index] * UsefulPart(running, phase, situation.Picture);
            if (net <= most) continue;
            wanted = phase.Id;
            most = net;
        }

        proposal.Want(wanted, Motive.Pressure, new("F{0} has the highest pressure, {1:0.0}", wanted.Number, pressures[wanted.Index]));
        foreach (var phase in model.Signals.Phases) proposal.Weigh(phase.Id, pressures[phase.Id.Index]);
        return proposal;
    }

    public Account? Account(in Situation situation, Motive motive) => motive == Motive.Pressure
        ? new(Yardstick.Pressure, null, 0, [.. model.Signals.Phases.Select(p => new PhaseAccount(p.Id, pressures[p.Id.Index], null))])
        : null;

    /// <summary>γ of a phase, in vehicles × vehicles per headway.</summary>
    private double Pressure(PhaseId phase, in Situation situation)
    {
        var picture = situation.Picture;
        var blocked = stuck.BlockedUnder(phase, situation);
        var sum = 0.0;
        foreach (var movement in model.Movements)
        {
            var flow = SaturationFlow(model.RightOf(phase, movement.Index));
            if (flow > 0 && !blocked[movement.StopLane] && !picture.ExitBlocked[movement.Exit])
                sum += flow * picture.TurnShares[movement.Index] * picture.Lanes[movement.StopLane].Vehicles.Length;
        }

        return sum;
    }

    /// <summary>Relative to a protected lane.</summary>
    private static double SaturationFlow(Right right) => right switch
    {
        Right.Protected => 1,
        Right.Yielding => DischargeRates.YieldingFactor,
        _ => 0,
    };

    /// <summary>(T − L) / T: the share of its time in which a phase would discharge.</summary>
    private double UsefulPart(PhaseId running, Phase phase, TrafficPicture picture)
    {
        var lost = model.Signals.PassageSeconds(running, phase.Id) + DischargeRates.StartUpSeconds;
        var lasts = Math.Max(phase.MinimumSeconds, Math.Min(LongestGreenSeconds, ClearingSeconds(phase.Id, picture)));
        return lasts / (lasts + lost);
    }

    /// <summary>Time for the longest queue that the phase serves.</summary>
    private double ClearingSeconds(PhaseId phase, TrafficPicture picture)
    {
        var longest = 0;
        foreach (var movement in model.Movements)
        {
            if (model.RightOf(phase, movement.Index) != Right.None)
                longest = Math.Max(longest, picture.Lanes[movement.StopLane].Vehicles.Length);
        }

        return longest * DischargeRates.HeadwaySeconds;
    }
}
