using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>A junction with traffic that never ends, whose controller obeys: each stop lane is a <see cref="LoopStreet"/>, and whoever leaves one is
/// counted on the first exit of the lane 4 s later.</summary>
internal sealed class BusyJunction
{
    private const int CrossingSeconds = 4;
    private const uint TracksOfLane = 100_000;
    private readonly IntersectionModel model;
    private readonly Sensing sensing;
    private readonly VirtualController controller;
    private readonly LoopStreet[] lanes;
    private readonly double[][] before;
    private readonly LoopReading[] loops;
    private readonly Queue<int>[] inside;

    public BusyJunction(IntersectionModel model, Sensing sensing)
    {
        (this.model, this.sensing) = (model, sensing);
        controller = new(model.Signals, 0);
        lanes = [.. model.Lanes.Select(lane => new LoopStreet(lane.AdvanceDistanceMetres))];
        before = [.. lanes.Select(_ => Array.Empty<double>())];
        loops = new LoopReading[model.Intersection.Detectors.Length];
        inside = [.. lanes.Select(_ => new Queue<int>(Enumerable.Repeat(0, CrossingSeconds)))];
    }

    /// <summary>Of the next frame.</summary>
    public long Second { get; private set; }

    /// <summary>A loop that says nothing; −1 for none.</summary>
    public int DeadLoop { get; init; } = -1;

    /// <summary>Whether those who should come out of the junction in a second stay inside, for that second.</summary>
    public Func<long, bool> Stuck { get; init; } = _ => false;

    public PhaseId Phase => controller.State.Target;

    /// <summary>Lets a second pass.</summary>
    public Frame Next()
    {
        Array.Clear(loops);
        var objects = model.Lanes.SelectMany(Move).ToArray();
        if (DeadLoop >= 0) loops[DeadLoop] = default;
        return new(model.Signals.Id, Second++, controller.Mode, controller.State, new(sensing, sensing == Sensing.Full ? [.. objects] : [], [.. loops]));
    }

    /// <summary>The controller obeys a plan, or goes on with the one that it has.</summary>
    public void Obey(PhasePlan? plan)
    {
        if (plan is not null) controller.Accept(plan);
        controller.Step();
    }

    private TrackedObject[] Move(LaneModel lane)
    {
        var (street, left) = (lanes[lane.Index], lanes[lane.Index].Left);
        var (stop, advance) = street.Second(Lights.GreenSeconds(model, lane, controller.State) > 0, (Second + 3 * lane.Index) % (28 + lane.Index % 3) == 0);
        if (sensing == Sensing.Loops) (loops[lane.StopDetector], loops[lane.AdvanceDetector]) = (stop, advance);
        inside[lane.Index].Enqueue(street.Left - left);
        ref var exit = ref loops[model.ExitDetectors[model.Movements[lane.Movements[0]].Exit]];
        if (!Stuck(Second)) exit = new((byte)(exit.Count + inside[lane.Index].Dequeue()), 0);
        TrackedObject[] seen = [.. street.Places.Select((place, i) => Seen(lane.Index, place, i, street.Left, before[lane.Index], street.Left - left))];
        before[lane.Index] = [.. street.Places];
        return seen;
    }

    private static TrackedObject Seen(int lane, double place, int i, int left, double[] before, int shift)
    {
        var speed = i + shift < before.Length ? Math.Max(0, before[i + shift] - place) : 10;
        return new((ushort)lane, (ushort)(10 * place), (ushort)(10 * speed), ObjectClass.Car, TracksOfLane * (uint)(lane + 1) + (uint)(left + i));
    }
}
