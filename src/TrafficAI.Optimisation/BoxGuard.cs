using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Opens no stream into vehicles that stand inside the junction: turners who found no gap get out first.</summary>
/// <remarks>Turners of crossing streams who meet inside can block each other for good: no signal reaches them any more. What a passage
/// lets out anyhow, a few vehicles, does not count. The guard binds no longer than it takes to let them out.</remarks>
public sealed class BoxGuard(IntersectionModel model)
{
    /// <summary>So many leave during a passage.</summary>
    private const double LeaveAnyhow = 2.2;

    private const double Somebody = 0.3;

    private const int LongestSeconds = 20;

    private readonly bool[] allowed = new bool[model.Signals.Phases.Length];
    private int bound;

    /// <summary>Per phase: it may be chosen now. The running one may always stay.</summary>
    public ReadOnlySpan<bool> Allowed => allowed;

    /// <summary>Takes in one second.</summary>
    public void Observe(in Situation situation)
    {
        Array.Fill(allowed, true);
        var running = situation.Signals.Phase;
        var any = false;
        foreach (var phase in model.Signals.Phases)
        {
            if (phase.Id == running || Opposed(running, phase.Id, situation.Picture) < LeaveAnyhow) continue;
            allowed[phase.Id.Index] = false;
            any = true;
        }

        bound = any && situation.Signals.Next is null ? bound + 1 : 0;
        if (bound > LongestSeconds) Array.Fill(allowed, true);
    }

    /// <summary>Vehicles inside whose way a stream would cross that has green in a phase and not in the running one.</summary>
    private double Opposed(PhaseId running, PhaseId phase, TrafficPicture picture)
    {
        var sum = 0.0;
        foreach (var movement in model.Movements)
        {
            var inside = picture.StandInside[movement.Index];
            if (inside > Somebody && IsOpposed(movement, running, phase)) sum += inside;
        }

        return sum;
    }

    private bool IsOpposed(Movement movement, PhaseId running, PhaseId phase)
    {
        foreach (var other in model.Movements)
        {
            if (model.RightOf(phase, other.Index) == Right.None || model.RightOf(running, other.Index) != Right.None) continue;
            if (model.Signals.ConflictBetween(movement.Group, other.Group) != Conflict.None) return true;
            if (movement.YieldsTo.Contains(other.Index) || other.YieldsTo.Contains(movement.Index)) return true;
        }

        return false;
    }
}
