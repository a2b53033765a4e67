using System.Collections.Immutable;
using System.Numerics;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>Judges the detectors of an intersection: its loops and, with <see cref="Sensing.Full"/>, the sensors of its stop lanes.</summary>
/// <remarks>A detector is lost when others have seen <see cref="DetectorWatch.ProofVehicles"/> vehicles cross it unseen; or when its whole
/// lane has shown no life while as many entered exits unexplained, or <see cref="UsualFactor"/> times as many are usual on it or on all lanes
/// together. A lane that has shown life before needs twice that; an intersection that never has, no more than what is usual. One sign of life clears a doubt.</remarks>
internal sealed class HealthWatch
{
    private const int DoubtAfterSeconds = 120;
    private const int AllSilentSeconds = 90;
    private const int QuietSeconds = 60;

    /// <summary>What is usual proves less than what enters exits unexplained: a street may be quiet.</summary>
    private const double UsualFactor = 4;

    /// <summary>More is expected than seems to come, so that a queue that nobody sees is cleared in the end.</summary>
    private const double Surplus = 1.2;

    /// <summary>A lane that has shown life is doubted after so long.</summary>
    private const int DoubtLivedAfterSeconds = 300;

    private const double DoubtLivedVehicles = 20;

    /// <summary>… and after so many times the longest silence that it has had before.</summary>
    private const int SilenceFactor = 3;

    /// <summary>What a departure of unknown turn proves.</summary>
    private const double UncertainPart = 1.0 / 3;

    /// <summary>A queue takes so long to let go of its stop loop.</summary>
    private const int StartSeconds = 5;

    private readonly IntersectionModel model;
    private readonly LaneProfiles profiles;
    private readonly UnexplainedFlow unexplained;
    private readonly DetectorWatch[] loops;
    private readonly DetectorWatch[] sensors;
    private readonly int[] objects;
    private readonly bool[] moves;
    private readonly int[] shown;
    private readonly bool[] alone;
    private Sensing sensing;
    private readonly int[] silence;
    private readonly int[] longest;
    private bool allSilent;
    private bool lived;
    private int silentOfAll;
    private int longestOfAll;

    public HealthWatch(IntersectionModel model, LaneProfiles profiles, UnexplainedFlow unexplained)
    {
        this.model = model;
        this.profiles = profiles;
        this.unexplained = unexplained;
        var detectors = model.Intersection.Detectors;
        loops = [.. detectors.Select(_ => new DetectorWatch())];
        sensors = [.. model.Lanes.Select(_ => new DetectorWatch())];
        objects = new int[model.Lanes.Length];
        moves = new bool[model.Lanes.Length];
        shown = new int[model.Lanes.Length];
        silence = new int[model.Lanes.Length];
        longest = new int[model.Lanes.Length];
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

    /// <summary>A stop lane is blind, or has shown no life for a while.</summary>
    public bool MayBeBlind(int lane) => IsBlind(lane) || silence[lane] >= QuietSeconds;

    /// <summary>A loop is good, and has shown so.</summary>
    public bool IsProved(int loop) => loops[loop].IsGood && loops[loop].HasLived;

    /// <summary>Who passes the line of a stop lane is seen, and the loops on all its exits are proved.</summary>
    public bool IsCounted(int lane)
    {
        foreach (var m in model.Lanes[lane].Movements)
        {
            if (!IsProved(model.ExitDetectors[model.Movements[m].Exit])) return false;
        }

        return IsSeen(lane);
    }

    /// <param name="loop">Index of a loop in a frame's readings.</param>
    public bool IsGood(int loop) => loops[loop].IsGood;

    /// <summary>Takes in one frame.</summary>
    public void Observe(Frame frame)
    {
        sensing = frame.Readings.Sensing;
        foreach (var exit in model.ExitDetectors)
        {
            Read(exit, frame.Readings.Loops);
            loops[exit].JudgeOccupied();
        }

        if (sensing == Sensing.Full) See(frame.Readings.Objects);
        else Feel(frame.Readings.Loops, frame.Signals);
        foreach (var lane in model.Lanes) Judge(lane.Index);
        JudgeAll();
        Publish();
    }

    /// <summary>Vehicles per second that are taken to come to a blind stop lane: what is usual, or what enters exits unexplained if that is more. To
    /// expect too little of a lane costs more than to expect too much.</summary>
    public double Expected(int lane) => Math.Max(profiles.PerSecond(lane), Surplus * (unexplained.PerSecond(lane) ?? 0));

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
            var part = BitOperations.IsPow2(open) ? 1 : UncertainPart * shares[movement.Index] / all;
            loops[model.ExitDetectors[movement.Exit]].Missed(vehicles * part);
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

    private void Feel(ImmutableArray<LoopReading> readings, SignalState signals)
    {
        foreach (var lane in model.Lanes)
        {
            Read(lane.StopDetector, readings);
            Read(lane.AdvanceDetector, readings);
            if (IsGood(lane.StopDetector)) loops[lane.AdvanceDetector].Missed(readings[lane.StopDetector].Count);
            var moves = !loops[lane.StopDetector].IsOccupied || Lights.GreenSeconds(model, lane, signals) > StartSeconds;
            if (moves && IsGood(lane.AdvanceDetector) && alone[lane.Index]) loops[lane.StopDetector].Missed(readings[lane.AdvanceDetector].Count);
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
            sensors[lane].Live(moves[lane] || objects[lane] != shown[lane] || objects[lane] > 1, objects[lane] > 0 ? 1000 : 0);
            shown[lane] = objects[lane];
        }
    }

    private void Judge(int lane)
    {
        var before = silence[lane];
        silence[lane] = Silence(lane);
        var used = HasLived(lane);
        if (used && silence[lane] < before) longest[lane] = Math.Max(longest[lane], before);
        var after = used ? Math.Max(DoubtLivedAfterSeconds, SilenceFactor * longest[lane]) : DoubtAfterSeconds;
        var proof = used ? DoubtLivedVehicles : DetectorWatch.ProofVehicles;
        if (silence[lane] < after) return;
        var missing = (unexplained.PerSecond(lane) ?? 0) * silence[lane];
        var usual = profiles.PerSecond(lane) * silence[lane];
        if (missing >= proof || usual >= UsualFactor * proof) Doubt(lane, Math.Max(missing, usual));
    }

    private void Doubt(int lane, double expected)
    {
        if (sensing == Sensing.Full)
        {
            sensors[lane].Doubt(expected);
            return;
        }

        var (stop, advance) = (loops[model.Lanes[lane].StopDetector], loops[model.Lanes[lane].AdvanceDetector]);
        if (stop.IsOccupied && advance.IsOccupied) return; // a queue that stands
        stop.Doubt(expected);
        advance.Doubt(expected);
    }

    /// <summary>While nothing at all shows life, everything is in doubt; the first sign clears all.</summary>
    private void JudgeAll()
    {
        var silent = int.MaxValue;
        var flow = 0.0;
        foreach (var lane in model.Lanes)
        {
            silent = Math.Min(silent, silence[lane.Index]);
            flow += profiles.PerSecond(lane.Index);
        }

        var before = allSilent;
        if (silent < silentOfAll && lived) longestOfAll = Math.Max(longestOfAll, silentOfAll);
        lived |= silent == 0;
        silentOfAll = silent;
        allSilent = silent >= Math.Max(AllSilentSeconds, SilenceFactor * longestOfAll) && flow * silent >= (lived ? UsualFactor : 1) * DetectorWatch.ProofVehicles;
        if (allSilent == before) return;
        foreach (var lane in model.Lanes)
        {
            if (allSilent) Doubt(lane.Index, profiles.PerSecond(lane.Index) * silent);
            else Trust(lane.Index);
        }
    }

    private void Trust(int lane)
    {
        sensors[lane].Trust();
        loops[model.Lanes[lane].StopDetector].Trust();
        loops[model.Lanes[lane].AdvanceDetector].Trust();
    }

    private int Silence(int lane) => sensing == Sensing.Full
        ? sensors[lane].UnchangedSeconds
        : Math.Min(loops[model.Lanes[lane].StopDetector].UnchangedSeconds, loops[model.Lanes[lane].AdvanceDetector].UnchangedSeconds);

    private bool HasLived(int lane) => sensing == Sensing.Full
        ? sensors[lane].HasLived
        : loops[model.Lanes[lane].StopDetector].HasLived || loops[model.Lanes[lane].AdvanceDetector].HasLived;

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
