using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Lets turners out who have been left standing inside the junction, before others meet them at the road that both leave by.</summary>
/// <remarks>Two turners from different roads who both wait inside and leave by the same road (a left turn, and a U-turn from the road
/// beside) can each end up in the way of the other for good: no signal reaches them any more. So when somebody still stands inside
/// some time after the green of the other road has begun, only phases are allowed that hold that road's turners back.</remarks>
public sealed class BoxGuard
{
    /// <summary>Somebody is believed to have been left inside.</summary>
    private const double LeastVehicles = 0.7;

    /// <summary>Most get out in the first seconds of the next phase.</summary>
    private const int GraceSeconds = 10;

    /// <summary>The guard does not bind for longer at a time.</summary>
    private const int LongestSeconds = 30;

    private readonly IntersectionModel model;
    private readonly int[][] rivals;
    private readonly bool[] allowed;
    private int bound;

    public BoxGuard(IntersectionModel model)
    {
        this.model = model;
        rivals = [.. model.Movements.Select(m => model.Movements.Where(o => CanBlock(m, o)).Select(o => o.Index).ToArray())];
        allowed = new bool[model.Signals.Phases.Length];
    }

    /// <summary>Per phase: it may be chosen now. At least one may.</summary>
    public ReadOnlySpan<bool> Allowed => allowed;

    /// <summary>Takes in one second.</summary>
    public void Observe(in Situation situation)
    {
        var binds = LeftInside(situation) > LeastVehicles && Restrict(situation);
        bound = binds ? bound + 1 : 0;
        if (!binds || bound > LongestSeconds) Array.Fill(allowed, true);
    }

    /// <summary>Both may wait inside, come from different roads and leave by the same one.</summary>
    private bool CanBlock(Movement one, Movement other) =>
        one.WaitsInside && other.WaitsInside
        && model.Lanes[one.StopLane].Road != model.Lanes[other.StopLane].Road
        && model.ExitRoads[one.Exit] == model.ExitRoads[other.Exit];

    private bool Restrict(in Situation situation)
    {
        var any = false;
        foreach (var phase in model.Signals.Phases) any |= allowed[phase.Id.Index] = HoldsRivalsBack(phase.Id, situation);
        return any;
    }

    private double LeftInside(in Situation situation)
    {
        var sum = 0.0;
        foreach (var movement in model.Movements)
        {
            if (rivals[movement.Index].Length > 0 && IsLeftInside(movement, situation)) sum += situation.Picture.StandInside[movement.Index];
        }

        return sum;
    }

    private bool HoldsRivalsBack(PhaseId phase, in Situation situation)
    {
        foreach (var movement in model.Movements)
        {
            if (!IsLeftInside(movement, situation)) continue;
            foreach (var rival in rivals[movement.Index])
            {
                if (model.RightOf(phase, rival) != Right.None) return false;
            }
        }

        return true;
    }

    private static bool IsLeftInside(Movement movement, in Situation situation) =>
        situation.Picture.StandInside[movement.Index] > 0
        && situation.Signals.Next is null
        && situation.Signals.Elapsed >= GraceSeconds
        && situation.Signals.Lamps[movement.Group] == Lamp.Red;
}
