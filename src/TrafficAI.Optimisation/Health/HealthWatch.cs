using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>Judges the detectors of an intersection: its loops and, with <see cref="Sensing.Full"/>, the sensors of its stop lanes.</summary>
/// <remarks>A detector is lost when others have seen <see cref="DetectorWatch.ProofVehicles"/> vehicles cross it unseen; or when its whole
/// lane, or the whole intersection, has shown no life while as many were to be expected. One sign of life clears a doubt.</remarks>
internal sealed class HealthWatch
{
    private const int DoubtAfterSeconds = 120;
    private const int AllSilentSeconds = 60;

    private readonly IntersectionModel model;
    private readonly LaneProfiles profiles;
    private readonly DetectorWatch[] loops;
    private readonly DetectorWatch[] sensors;
    private readonly int[] objects;
    private readonly bool[] moves;
    private readonly int[] shown;
    private readonly bool[] alone;
    private Sensing sensing;
    private int silentSeconds;

    public HealthWatch(IntersectionModel model, LaneProfiles profiles)
    {
        this.model = model;
        this.profiles = profiles;
        var detectors = model.Intersection.Detectors;
        loops = [.. detectors.Select(_ => new DetectorWatch())];
        sensors = [.. model.Lanes.Select(_ => new DetectorWatch())];
        objects = new int[model.Lanes.Length];
        moves = new bool[model.Lanes.Length];
        shown = new int[model.Lanes.Length];
        alone = [.. model.Lanes.Select(lane => model.Lanes.Count(other => IsSame(detectors[other.AdvanceDetector], detectors[lane.AdvanceDetector])) == 1)];
        All = [.. loops.Concat(sensors).Select(_ => DetectorHealth.Undoubted)];
    }

    /// <summary>Per loop of the intersection, in its order, then per sensor of a stop lane.</summary>
    public ImmutableArray<DetectorHealth> All { get; private set; }

    /// <summary>Nothing is known of a stop lane: its sensor is lost, or both its loops.</summary>
    public bool IsBlind(int lane) => sensing == Sensing.Full
        ? !sensors[lane].IsGood
        : !IsGood(model.Lanes[lane].StopDetector) && !IsGood(model.Lanes[lane].AdvanceDetector);

    /// <summary>All is known of a stop lane.</summary>
    public bool IsSeen(int lane) => sensing == Sensing.Full
        ? sensors[lane].IsGood
        : IsGood(model.Lanes[lane].StopDetector) && IsGood(model.Lanes[lane].AdvanceDetector);

    /// <param name="loop">Index of a loop in a frame's readings.</param>
    public bool IsGood(int loop) => loops[loop].IsGood;

    /// <summary>Takes in one frame.</summary>
    public void Observe(Frame frame)
    {
        sensing = frame.Readings.Sensing;
        foreach (var exit in model.ExitDetectors) Read(exit, frame.Readings.Loops);
        if (sensing == Sensing.Full) See(frame.Readings.Objects);
        else Feel(frame.Readings.Loops);
        foreach (var lane in model.Lanes) Judge(lane.Index);
        JudgeAll();
        Publish();
    }

    /// <summary>Vehicles have left a lane: some exit loop must have seen them.</summary>
    /// <param name="shares">Per movement its share of its lane.</param>
    public void Departed(LaneModel lane, int vehicles, uint open, ImmutableArray<double> shares)
    {
        if (vehicles == 0 || IsBlind(lane.Index)) return;
        var all = OpenShare(lane, open, shares);
        if (all <= 0) return;
        for (var k = 0; k < lane.Movements.Length; k++)
        {
            if ((open >> k & 1) == 0) continue;
            var movement = model.Movements[lane.Movements[k]];
            loops[model.ExitDetectors[movement.Exit]].Missed(vehicles * shares[movement.Index] / all);
        }
    }

    /// <summary>Part of a lane's traffic whose movements are open, 0 to 1.</summary>
    /// <param name="open">Bit k: movement k of the lane.</param>
    public static double OpenShare(LaneModel lane, uint open, ImmutableArray<double> shares)
    {
        var sum = 0.0;
        for (var k = 0; k < lane.Movements.Length; k++) sum += (open >> k & 1) != 0 ? shares[lane.Movements[k]] : 0;
        return sum;
    }

    private static bool IsSame(Detector a, Detector b) => a.Lane == b.Lane && a.PositionMetres.Equals(b.PositionMetres);

    private void Read(int loop, ImmutableArray<LoopReading> readings) => loops[loop].Read(readings[loop]);

    private void Feel(ImmutableArray<LoopReading> readings)
    {
        foreach (var lane in model.Lanes)
        {
            Read(lane.StopDetector, readings);
            Read(lane.AdvanceDetector, readings);
            if (IsGood(lane.StopDetector)) loops[lane.AdvanceDetector].Missed(readings[lane.StopDetector].Count);
            if (IsGood(lane.AdvanceDetector) && alone[lane.Index]) loops[lane.StopDetector].Missed(readings[lane.AdvanceDetector].Count);
        }
    }

    private void See(ImmutableArray<TrackedObject> seen)
    {
        Array.Clear(objects);
        Array.Clear(moves);
        foreach (var one in seen)
        {
            if (one.Lane >= objects.Length) continue;
            objects[one.Lane]++;
            moves[one.Lane] |= one.SpeedDecimetresPerSecond > 0;
        }

        for (var lane = 0; lane < objects.Length; lane++)
        {
            sensors[lane].Live(moves[lane] || objects[lane] != shown[lane], objects[lane] > 0 ? 1000 : 0);
            shown[lane] = objects[lane];
        }
    }

    private void Judge(int lane)
    {
        var silence = Silence(lane);
        var expected = profiles.PerSecond(lane) * silence;
        if (silence >= DoubtAfterSeconds && expected >= DetectorWatch.ProofVehicles) Doubt(lane, expected);
    }

    private void Doubt(int lane, double expected)
    {
        if (sensing == Sensing.Full)
        {
            sensors[lane].Doubt(expected);
            return;
        }

        loops[model.Lanes[lane].StopDetector].Doubt(expected);
        loops[model.Lanes[lane].AdvanceDetector].Doubt(expected);
    }

    private void JudgeAll()
    {
        silentSeconds = int.MaxValue;
        var flow = 0.0;
        foreach (var lane in model.Lanes)
        {
            silentSeconds = Math.Min(silentSeconds, Silence(lane.Index));
            flow += profiles.PerSecond(lane.Index);
        }

        if (silentSeconds < AllSilentSeconds || flow * silentSeconds < DetectorWatch.ProofVehicles) return;
        foreach (var lane in model.Lanes) Doubt(lane.Index, profiles.PerSecond(lane.Index) * silentSeconds);
        foreach (var exit in model.ExitDetectors) loops[exit].JudgeOccupied();
    }

    private int Silence(int lane) => sensing == Sensing.Full
        ? sensors[lane].UnchangedSeconds
        : Math.Min(loops[model.Lanes[lane].StopDetector].UnchangedSeconds, loops[model.Lanes[lane].AdvanceDetector].UnchangedSeconds);

    private void Publish()
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (Now(i) == All[i]) continue;
            All = [.. Enumerable.Range(0, All.Length).Select(Now)];
            return;
        }
    }

    private DetectorHealth Now(int detector) => detector < loops.Length ? loops[detector].Health : sensors[detector - loops.Length].Health;
}
