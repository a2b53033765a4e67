using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>The vehicles of one lane, inferred from its stop and advance loops.</summary>
/// <remarks>Three parts: whoever stands on the stop loop; a first-in first-out list of those between the loops; and a number behind the
/// advance loop, which grows with the mean arrivals while a queue stands on that loop.</remarks>
public sealed class LoopQueue
{
    /// <summary>A stop loop that has been clear for longer than this under green has no queue behind it.</summary>
    private const int EmptyGapSeconds = 4;

    /// <summary>An advance loop that has been occupied for so long has a queue on it.</summary>
    private const int QueueOnLoopSeconds = 3;

    private const int OccupiedPermille = 900;
    private const int PresentPermille = 300;
    private const int ClearPermille = 100;

    /// <summary>A queue that has let somebody go so recently under green is moving.</summary>
    private const int FlowingSeconds = 3;

    /// <summary>Whoever needs so much longer than freely from loop to loop has had to stand.</summary>
    private const int StoodSeconds = 3;

    private const double FlowMemorySeconds = 300;
    private const double FlowPriorPerSecond = 0.05;
    private const double FlowPriorSeconds = 60;

    /// <summary>No queue behind the advance loop is believed to be longer.</summary>
    private const double LongestUnseen = 40;

    private readonly LaneModel lane;
    private readonly double travelSeconds;
    private readonly int storage;
    private readonly List<Entered> between = [];
    private double flowPerSecond = FlowPriorPerSecond;
    private double flowSeconds = FlowPriorSeconds;
    private double unseen;
    private int stopClearSeconds;
    private int advanceClearSeconds;
    private int advanceOccupiedSeconds;
    private int greenSeconds;
    private int sinceDeparted = FlowingSeconds + 1;
    private bool onStopLoop;

    /// <summary>Somebody came onto the stop loop so late in the last second that the next one must tell whether it stays there.</summary>
    private bool arriving;

    private uint nextKey;
    private uint lineKey;
    private long second;

    public LoopQueue(LaneModel lane)
    {
        this.lane = lane;
        travelSeconds = lane.AdvanceDistanceMetres / (DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond);
        storage = Math.Max(1, (int)(lane.AdvanceDistanceMetres / DischargeRates.JamSpacingMetres));
        nextKey = (uint)lane.Index << 24;
    }

    /// <summary>Mean arrivals, in vehicles per second: over several greens as many cross the advance loop as come, whatever queues stand on it.</summary>
    public double FlowPerSecond => flowPerSecond;

    /// <summary>Vehicles believed to be between the loops.</summary>
    public int Between => between.Count;

    /// <summary>A queue stands on the advance loop.</summary>
    public bool ReachesAdvanceLoop => advanceOccupiedSeconds >= QueueOnLoopSeconds;

    /// <summary>Of the number of all its vehicles.</summary>
    public QueueVariance Variance { get; } = new();

    /// <summary>The last one that came to the stop line had to stand on its way there.</summary>
    public bool LastStood { get; private set; }

    /// <summary>Vehicles that have left the stop loop in the last second.</summary>
    public int Departed { get; private set; }

    /// <summary>Somebody stands on the stop loop.</summary>
    public bool HeadStands => onStopLoop && !IsFlowing;

    /// <summary>Turns that whoever stands on the stop loop does not want, as <see cref="ApproachingVehicle.Excluded"/>.</summary>
    public uint Excluded { get; set; }

    /// <summary>The first one between the loops is not there: it has left by another lane.</summary>
    public void RemoveFirst() => between.RemoveAt(0);

    /// <summary>Takes in one second of both loops.</summary>
    /// <param name="entered">Vehicles that crossed the advance loop and belong to this lane: the key of each, null for one that nobody had told of.</param>
    /// <returns>Vehicles counted at the stop line that nobody had expected.</returns>
    /// <param name="green">A movement of the lane has green, or the amber after it.</param>
    /// <param name="unexplained">Share of the arrivals that nobody tells of, 0 to 1.</param>
    public int Observe(long at, int passed, LoopReading stop, ReadOnlySpan<uint?> entered, int advancePermille, bool green, double unexplained)
    {
        second = at;
        CountRuns(passed, stop, entered.Length, advancePermille);
        foreach (var key in entered) Enter(at, key);
        var unexpected = Leave(stop);
        Variance.Count(entered.Length + stop.Count);
        CountFlow(passed, green);
        unseen = Math.Clamp(unseen - entered.Length, 0, LongestUnseen);
        if (ReachesAdvanceLoop) QueueStandsOnAdvanceLoop(at, unexplained * passed);
        else if (advanceClearSeconds >= QueueOnLoopSeconds) EndUnseen();
        if (green && stopClearSeconds > EmptyGapSeconds && advanceOccupiedSeconds == 0) ForgetQueue(at);
        if (between.Count > 2 * storage) between.RemoveRange(0, between.Count - 2 * storage);
        return unexpected;
    }

    /// <summary>Adds the vehicles believed to be there, the nearest first.</summary>
    public void AddTo(List<ApproachingVehicle> vehicles)
    {
        if (HeadStands) vehicles.Add(new(0, 0, 0, true, ObjectClass.Car, lineKey, Excluded: Excluded));
        foreach (var one in between) AddBetween(vehicles, one);
        for (var i = 1; i <= (int)unseen; i++) vehicles.Add(Queued(vehicles, nextKey + (uint)i - 1));
    }

    private void CountRuns(int passed, LoopReading stop, int entered, int advancePermille)
    {
        stopClearSeconds = stop.Count == 0 && stop.OccupancyPermille < ClearPermille ? stopClearSeconds + passed : 0;
        advanceClearSeconds = advancePermille < ClearPermille ? advanceClearSeconds + passed : 0;
        advanceOccupiedSeconds = advancePermille >= OccupiedPermille ? advanceOccupiedSeconds + passed : 0;
        for (var i = 0; i < Math.Min(passed, (int)FlowMemorySeconds); i++)
        {
            flowSeconds = Math.Min(FlowMemorySeconds, flowSeconds + 1);
            flowPerSecond += ((i == 0 ? entered : 0) - flowPerSecond) / flowSeconds;
        }
    }

    private bool IsFlowing => greenSeconds > 0 && sinceDeparted <= FlowingSeconds;

    private void CountFlow(int passed, bool green)
    {
        greenSeconds = green ? greenSeconds + passed : 0;
        sinceDeparted = Departed > 0 ? 0 : Math.Min(sinceDeparted + passed, FlowingSeconds + 1);
    }

    private void Enter(long at, uint? key) => between.Add(new(at, key ?? nextKey++));

    /// <summary>Whoever is counted at the stop line has left the list; the last one may still stand on the loop.</summary>
    private int Leave(LoopReading stop)
    {
        var unexpected = 0;
        for (var i = 0; i < stop.Count; i++)
        {
            lineKey = between.Count > 0 ? between[0].Key : nextKey++;
            LastStood = between.Count > 0 && second - between[0].Second > travelSeconds + StoodSeconds;
            if (between.Count > 0) between.RemoveAt(0);
            else unexpected++;
        }

        var stood = onStopLoop ? 1 : 0;
        var entering = arriving;
        arriving = stop.Count > 0 && stop.OccupancyPermille < PresentPermille;
        onStopLoop = stop.OccupancyPermille >= PresentPermille && (stop.Count > 0 || onStopLoop || entering || stop.OccupancyPermille >= OccupiedPermille);
        Departed = Math.Max(0, stood + (entering ? 1 : 0) + stop.Count - (onStopLoop ? 1 : 0) - (arriving ? 1 : 0));
        if (Departed > 0 || !onStopLoop) Excluded = 0;
        return unexpected;
    }

    /// <summary>There is no room between the loops, and more come behind.</summary>
    private void QueueStandsOnAdvanceLoop(long at, double unexplainedSeconds)
    {
        while (between.Count + (onStopLoop ? 1 : 0) < storage) Enter(at - (long)travelSeconds - 1, null);
        Variance.Fill(storage);
        Variance.Expect(Math.Min(LongestUnseen - unseen, flowPerSecond * unexplainedSeconds));
        unseen = Math.Min(LongestUnseen, unseen + flowPerSecond * unexplainedSeconds);
    }

    private void EndUnseen()
    {
        Variance.End();
        unseen = 0;
    }

    /// <summary>Those who should have come by now are not there: miscounted, or on another lane.</summary>
    private void ForgetQueue(long at)
    {
        var keep = 0;
        foreach (var one in CollectionsMarshal.AsSpan(between))
        {
            if (at - one.Second <= travelSeconds + EmptyGapSeconds) between[keep++] = one;
        }

        between.RemoveRange(keep, between.Count - keep);
        unseen = 0;
        Variance.Clear(keep);
    }

    private void AddBetween(List<ApproachingVehicle> vehicles, Entered one)
    {
        var free = DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond;
        var left = lane.AdvanceDistanceMetres - (second - one.Second) * free;
        var queueEnd = QueueEnd(vehicles);
        vehicles.Add(left > queueEnd ? new(left, free, left / free, false, ObjectClass.Car, one.Key) : Queued(vehicles, one.Key));
    }

    /// <summary>Where the next one stands at the nearest: behind all before it.</summary>
    internal static double QueueEnd(List<ApproachingVehicle> vehicles)
    {
        var end = vehicles.Count * DischargeRates.JamSpacingMetres;
        return vehicles.Count == 0 ? end : Math.Max(end, vehicles[^1].DistanceMetres);
    }

    private static ApproachingVehicle Queued(List<ApproachingVehicle> ahead, uint key) =>
        new(QueueEnd(ahead), 0, 0, true, ObjectClass.Car, key);

    /// <summary>A vehicle that crossed the advance loop at a second.</summary>
    private readonly record struct Entered(long Second, uint Key);
}
