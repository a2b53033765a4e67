using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Lets vehicles out that stand inside the junction after their green has ended, before others meet them there.</summary>
/// <remarks>Turners of crossing streams who meet inside can block each other for good: no signal reaches them any more.</remarks>
public sealed class BoxGuard
{
    private static readonly double LeaveAnyhow = double.Parse(Environment.GetEnvironmentVariable("BOX") ?? "99");
    private static readonly double Behind = double.Parse(Environment.GetEnvironmentVariable("BEHIND") ?? "0.7");
    private static readonly int AfterSeconds = int.Parse(Environment.GetEnvironmentVariable("AFTER") ?? "10");

    private const double Somebody = 0.3;

    private const int LongestSeconds = 30;

    private readonly IntersectionModel model;
    private readonly bool[] allowed;
    private readonly bool[] conflicts;
    private int bound;

    public BoxGuard(IntersectionModel model)
    {
        this.model = model;
        allowed = new bool[model.Signals.Phases.Length];
        conflicts = [.. model.Movements.SelectMany(m => model.Movements.Select(o => Conflict(m, o)))];
    }

    /// <summary>Both may wait inside, come from different roads and leave by the same one: the way of each ends in that of the other.</summary>
    private bool Conflict(Movement m, Movement o) =>
        m.WaitsInside && o.WaitsInside && model.Lanes[m.StopLane].Road != model.Lanes[o.StopLane].Road && model.ExitRoads[m.Exit] == model.ExitRoads[o.Exit];

    /// <summary>Per phase: it may be chosen now.</summary>
    public ReadOnlySpan<bool> Allowed => allowed;

    /// <summary>Takes in one second.</summary>
    public void Observe(in Situation situation)
    {
        Array.Fill(allowed, true);
        var running = situation.Signals.Phase;
        var any = false;
        if (LeftBehind(situation) > Behind)
        {
            var some = false;
            foreach (var phase in model.Signals.Phases) some |= allowed[phase.Id.Index] = Releases(phase.Id, situation);
            if (some) any = true;
            else Array.Fill(allowed, true);
        }
        foreach (var phase in model.Signals.Phases)
        {
            if (phase.Id == running || Opposed(running, phase.Id, situation.Picture) < LeaveAnyhow) continue;
            allowed[phase.Id.Index] = false;
            any = true;
        }

        bound = any && situation.Signals.Next is null ? bound + 1 : 0;
        if (bound > LongestSeconds) Array.Fill(allowed, true);
    }

    private static bool IsBehind(Movement m, in Situation s) =>
        s.Picture.StandInside[m.Index] > Somebody && s.Signals.Lamps[m.Group] == Lamp.Red && s.Signals.Next is null && s.Signals.Elapsed >= AfterSeconds;

    private double LeftBehind(in Situation s)
    {
        var sum = 0.0;
        foreach (var m in model.Movements) sum += IsBehind(m, s) ? s.Picture.StandInside[m.Index] : 0;
        return sum;
    }

    private bool Releases(PhaseId phase, in Situation s)
    {
        foreach (var m in model.Movements)
        {
            if (!IsBehind(m, s)) continue;
            foreach (var o in model.Movements)
            {
                if (conflicts[m.Index * model.Movements.Length + o.Index] && model.RightOf(phase, o.Index) != Right.None) return false;
            }
        }

        return true;
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
            if (conflicts[movement.Index * model.Movements.Length + other.Index]) return true;
        }

        return false;
    }
}
