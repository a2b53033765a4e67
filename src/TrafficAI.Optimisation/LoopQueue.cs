using System.Collections.Immutable;
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
    private const double FlowMemorySeconds = 120;
    private const double FlowPriorPerSecond = 0.05;

    /// <summary>No queue behind the advance loop is believed to be longer.</summary>
    private const double LongestUnseen = 20;

    private readonly LaneModel lane;
    private readonly double travelSeconds;
    private readonly int storage;
    private readonly List<Entered> between = [];
    private double flowPerSecond = FlowPriorPerSecond;
    private double unseen;
    private int stopClearSeconds;
    private int advanceClearSeconds;
    private int advanceOccupiedSeconds;
    private bool onStopLoop;
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

    /// <summary>Vehicles believed to be between the loops.</summary>
    public int Between => between.Count;

    /// <summary>The first one between the loops is not there: it has left by another lane.</summary>
    public void RemoveFirst() => between.RemoveAt(0);

    /// <summary>Takes in one second of both loops.</summary>
    /// <param name="entered">Vehicles that crossed the advance loop and belong to this lane.</param>
    /// <returns>Vehicles counted at the stop line that nobody had expected.</returns>
    /// <param name="green">A movement of the lane has green, or the amber after it.</param>
    public int Observe(long at, int passed, LoopReading stop, int entered, int advancePermille, bool green)
    {
        second = at;
        CountRuns(passed, stop, entered, advancePermille);
        for (var i = 0; i < entered; i++) Enter(at);
        var unexpected = Leave(stop);
        unseen = Math.Clamp(unseen - entered, 0, LongestUnseen);
        if (advanceOccupiedSeconds >= QueueOnLoopSeconds) QueueStandsOnAdvanceLoop(at, passed);
        else if (advanceClearSeconds >= QueueOnLoopSeconds) unseen = 0;
        if (green && stopClearSeconds > EmptyGapSeconds && advanceOccupiedSeconds == 0) ForgetQueue(at);
        if (between.Count > 2 * storage) between.RemoveRange(0, between.Count - 2 * storage);
        return unexpected;
    }

    /// <summary>The vehicles believed to be there, the nearest first.</summary>
    public ImmutableArray<ApproachingVehicle> Vehicles()
    {
        var vehicles = ImmutableArray.CreateBuilder<ApproachingVehicle>(between.Count + (int)unseen + 1);
        if (onStopLoop) vehicles.Add(new(0, 0, 0, true, ObjectClass.Car, lineKey));
        foreach (var one in between) AddBetween(vehicles, one);
        for (var i = 1; i <= (int)unseen; i++) vehicles.Add(Queued(vehicles.Count, lineKey ^ (uint)i << 16));
        return vehicles.DrainToImmutable();
    }

    private void CountRuns(int passed, LoopReading stop, int entered, int advancePermille)
    {
        stopClearSeconds = stop.Count == 0 && stop.OccupancyPermille < ClearPermille ? stopClearSeconds + passed : 0;
        advanceClearSeconds = advancePermille < ClearPermille ? advanceClearSeconds + passed : 0;
        advanceOccupiedSeconds = advancePermille >= OccupiedPermille ? advanceOccupiedSeconds + passed : 0;
        if (advanceOccupiedSeconds >= QueueOnLoopSeconds) return;
        for (var i = 0; i < Math.Min(passed, (int)FlowMemorySeconds); i++)
            flowPerSecond += ((i == 0 ? entered : 0) - flowPerSecond) / FlowMemorySeconds;
    }

    private void Enter(long at) => between.Add(new(at, nextKey++));

    /// <summary>Whoever is counted at the stop line has left the list; the last one may still stand on the loop.</summary>
    private int Leave(LoopReading stop)
    {
        var unexpected = 0;
        for (var i = 0; i < stop.Count; i++)
        {
            lineKey = between.Count > 0 ? between[0].Key : nextKey++;
            if (between.Count > 0) between.RemoveAt(0);
            else unexpected++;
        }

        onStopLoop = stop.OccupancyPermille >= PresentPermille && (stop.Count > 0 || onStopLoop || stop.OccupancyPermille >= OccupiedPermille);
        return unexpected;
    }

    /// <summary>There is no room between the loops, and more come behind.</summary>
    private void QueueStandsOnAdvanceLoop(long at, int passed)
    {
        while (between.Count + (onStopLoop ? 1 : 0) < storage) Enter(at - (long)travelSeconds - 1);
        unseen = Math.Min(LongestUnseen, unseen + flowPerSecond * passed);
    }

    /// <summary>Those who should have come by now are not there: miscounted, or on another lane.</summary>
    private void ForgetQueue(long at)
    {
        between.RemoveAll(one => at - one.Second > travelSeconds + EmptyGapSeconds);
        unseen = 0;
    }

    private void AddBetween(ImmutableArray<ApproachingVehicle>.Builder vehicles, Entered one)
    {
        var free = DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond;
        var left = lane.AdvanceDistanceMetres - (second - one.Second) * free;
        var queueEnd = vehicles.Count * DischargeRates.JamSpacingMetres;
        vehicles.Add(left > queueEnd ? new(left, free, left / free, false, ObjectClass.Car, one.Key) : Queued(vehicles.Count, one.Key));
    }

    private static ApproachingVehicle Queued(int ahead, uint key) =>
        new(ahead * DischargeRates.JamSpacingMetres, 0, 0, true, ObjectClass.Car, key);

    /// <summary>A vehicle that crossed the advance loop at a second.</summary>
    private readonly record struct Entered(long Second, uint Key);
}
