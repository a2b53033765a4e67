using System.Collections.Immutable;

namespace TrafficAI.Measures;

/// <summary>From counts to figures: each formula stands here once.</summary>
internal static class Figures
{
    /// <summary>Vehicles of a standing queue follow one another over the stop line in 2 s (Highway Capacity Manual: 1,900 per hour and lane).</summary>
    private const double HeadwaySeconds = 2.0;

    /// <summary>What lanes tell, alone or together.</summary>
    public static IEnumerable<MeasureValue> OfLanes(Totals t)
    {
        var arrivals = t[LaneCount.OnGreen] + t[LaneCount.OnYellow] + t[LaneCount.OnRed];
        yield return Any(t, MeasureIds.Volume, t[LaneCount.Crossed]);
        yield return Any(t, MeasureIds.Flow, 3600.0 * t[LaneCount.Crossed] / Math.Max(1, t[Count.Seconds]));
        yield return Any(t, MeasureIds.ArrivalsOnGreen, t[LaneCount.OnGreen], arrivals, Missing.Vehicles);
        yield return Any(t, MeasureIds.ArrivalsOnRed, t[LaneCount.OnRed], arrivals, Missing.Vehicles);
        yield return PlatoonRatio(t, arrivals);
        yield return Any(t, MeasureIds.ApproachDelay, t[LaneCount.DelayMilliseconds] / 1000.0, t[LaneCount.Delayed], Missing.Vehicles);
        yield return Tracked(t, MeasureIds.StandingDelay, t[LaneCount.StandingSeconds], t[LaneCount.Crossed], Missing.Vehicles);
        yield return Any(t, MeasureIds.GreenUtilisation, HeadwaySeconds * t[LaneCount.CrossedOnGreen], t[LaneCount.GreenSeconds], Missing.Cycles);
        yield return t[LaneCount.Cycles] == 0 ? None(t, MeasureIds.SplitFailures, Missing.Cycles) : Any(t, MeasureIds.SplitFailures, t[LaneCount.SplitFailures]);
        yield return Any(t, MeasureIds.SplitFailureRate, t[LaneCount.SplitFailures], t[LaneCount.Cycles], Missing.Cycles);
        yield return Tracked(t, MeasureIds.QueueMean, t[LaneCount.StandingSeconds], t[Count.TrackedSeconds], Missing.TrackedVehicles);
        yield return Tracked(t, MeasureIds.QueueLongest, t[LaneCount.QueueMost], 1, Missing.Nothing);
        yield return Any(t, MeasureIds.WaitMean, t[LaneCount.WaitSeconds], t[LaneCount.Waits], Missing.Vehicles);
        yield return t[LaneCount.Waits] == 0 ? None(t, MeasureIds.WaitLongest, Missing.Vehicles) : Any(t, MeasureIds.WaitLongest, t[LaneCount.WaitMost]);
        yield return Tracked(t, MeasureIds.Buses, t[LaneCount.Buses], 1, Missing.Nothing);
        yield return Tracked(t, MeasureIds.BusDelay, t[LaneCount.BusMilliseconds] / 1000.0, t[LaneCount.Buses], Missing.Buses);
        yield return Tracked(t, MeasureIds.EmergencyDelay, t[LaneCount.EmergencyMilliseconds] / 1000.0, t[LaneCount.Emergencies], Missing.Vehicles);
        yield return Tracked(t, MeasureIds.Speed, 0.36 * t[LaneCount.SpeedDecimetresPerSecond], t[LaneCount.Speeds], Missing.Vehicles);
        yield return Tracked(t, MeasureIds.Speed50, 0.36 * t.SpeedNotExceededBy(50), Math.Min(1, t[LaneCount.Speeds]), Missing.Vehicles);
        yield return Tracked(t, MeasureIds.Speed85, 0.36 * t.SpeedNotExceededBy(85), Math.Min(1, t[LaneCount.Speeds]), Missing.Vehicles);
    }

    /// <summary>What an approach tells besides its lanes: its queue counts those too who stand before their lane is known.</summary>
    public static IEnumerable<MeasureValue> OfApproach(Totals t)
    {
        foreach (var value in OfLanes(t))
        {
            yield return value.Id switch
            {
                MeasureIds.QueueMean => Tracked(t, MeasureIds.QueueMean, t[ApproachCount.StandingSeconds], t[Count.TrackedSeconds], Missing.TrackedVehicles),
                MeasureIds.QueueLongest => Tracked(t, MeasureIds.QueueLongest, t[ApproachCount.StandingMost], 1, Missing.Nothing),
                MeasureIds.StandingDelay => Tracked(t, MeasureIds.StandingDelay, t[ApproachCount.StandingSeconds], t[LaneCount.Crossed], Missing.Vehicles),
                _ => value,
            };
        }

        yield return Tracked(t, MeasureIds.QueueBack, t[ApproachCount.BackMostDecimetres] / 10.0, 1, Missing.Nothing);
        yield return Tracked(t, MeasureIds.Spillback, t[ApproachCount.SpillbackSeconds] / 60.0, 1, Missing.Nothing);
    }

    /// <summary>What signal groups for vehicles tell.</summary>
    public static IEnumerable<MeasureValue> OfSplits(Totals t)
    {
        var ends = t[GroupCount.GapOuts] + t[GroupCount.MaxOuts] + t[GroupCount.ForceOffs] + t[GroupCount.ByOptimiser];
        yield return Lamps(t, MeasureIds.Splits, t[GroupCount.Splits], 1, Missing.Nothing);
        yield return Lamps(t, MeasureIds.SplitMean, t[GroupCount.SplitSeconds], t[GroupCount.Splits], Missing.Cycles);
        yield return Lamps(t, MeasureIds.SplitLongest, t[GroupCount.SplitMost], t[GroupCount.Splits] == 0 ? 0 : 1, Missing.Cycles);
        yield return Lamps(t, MeasureIds.GreenMean, t[GroupCount.SplitGreenSeconds], t[GroupCount.Splits], Missing.Cycles);
        yield return Lamps(t, MeasureIds.GapOuts, t[GroupCount.GapOuts], ends, Missing.Terminations);
        yield return Lamps(t, MeasureIds.MaxOuts, t[GroupCount.MaxOuts], ends, Missing.Terminations);
        yield return Lamps(t, MeasureIds.ForceOffs, t[GroupCount.ForceOffs], ends, Missing.Terminations);
        yield return Lamps(t, MeasureIds.ByOptimiser, t[GroupCount.ByOptimiser], ends, Missing.Terminations);
    }

    /// <summary>What signal groups for pedestrians tell.</summary>
    public static IEnumerable<MeasureValue> OfWalking(Totals t)
    {
        yield return Lamps(t, MeasureIds.PedestrianDelay, t[GroupCount.PedestrianWaitSeconds], t[GroupCount.PedestrianCalls], Missing.PedestrianCalls);
        yield return Lamps(t, MeasureIds.PedestrianWait, t[GroupCount.WaitSquares], 2 * t[GroupCount.WalkCycleSeconds], Missing.Cycles);
    }

    /// <summary>Whether greens that flash end when they should.</summary>
    public static IEnumerable<MeasureValue> OfPromises(Totals t, bool areMade)
    {
        yield return Lamps(t, MeasureIds.Promises, t[GroupCount.Promises], areMade ? 1 : 0, Missing.Promises);
        yield return Lamps(t, MeasureIds.BrokenPromises, t[GroupCount.BrokenPromises], areMade ? 1 : 0, Missing.Promises);
    }

    /// <summary>What only an intersection as a whole tells.</summary>
    public static IEnumerable<MeasureValue> OfWhole(Totals t, bool hasTurns)
    {
        var turns = t[Count.TurnsKnown] + t[Count.TurnsUnknown];
        yield return Lamps(t, MeasureIds.BlockedJunction, t[Count.BlockedSeconds] / 60.0, hasTurns ? 1 : 0, Missing.Detectors);
        yield return Any(t, MeasureIds.StuckPhase, t[Count.StuckSeconds] / 60.0);
        yield return Any(t, MeasureIds.TurnsKnown, t[Count.TurnsKnown], hasTurns ? turns : 0, hasTurns ? Missing.Vehicles : Missing.Detectors);
        yield return Always(t, MeasureIds.Connected, (double)t[Count.Seconds] / Math.Max(1, t.WindowSeconds));
        yield return Lamps(t, MeasureIds.OnPlan, t[Count.PlanSeconds], t[Count.Seconds], Missing.Frames);
        yield return Lamps(t, MeasureIds.Local, t[Count.LocalSeconds] / 60.0, 1, Missing.Nothing);
        yield return Lamps(t, MeasureIds.Flashing, (t[Count.FaultSeconds] + t[Count.OffSeconds]) / 60.0, 1, Missing.Nothing);
        yield return Always(t, MeasureIds.Violations, t[Count.Violations]);
        yield return Always(t, MeasureIds.InputsRefused, t[Count.Refused]);
        yield return Always(t, MeasureIds.ToldLater, t[Count.ToldLater]);
    }

    /// <summary>How long an exit lane was full.</summary>
    public static MeasureValue OfExit(Totals t, long blockedSeconds) => Lamps(t, MeasureIds.BlockedJunction, blockedSeconds / 60.0, 1, Missing.Nothing);

    /// <summary>A figure of the log itself: it is covered where the log is.</summary>
    public static MeasureValue Always(Totals t, string id, double value) => t.WindowSeconds == 0 ? new(id, null, 0, Missing.Frames) : new(id, value, 1, Missing.Nothing);

    public static MeasureValue None(Totals t, string id, Missing missing) =>
        t[Count.Seconds] == 0 ? new(id, null, 0, Missing.Frames) : new(id, null, missing is Missing.Vehicles or Missing.Cycles ? Coverage(t, t[Count.Seconds]) : 0, missing);

    /// <summary>Each value once, in the order of the definitions.</summary>
    /// <param name="isListed">They come from an event list.</param>
    public static ImmutableArray<MeasureValue> Ordered(IEnumerable<MeasureValue> values, bool isListed = false)
    {
        var given = values.ToList();
        return [.. MeasureDefinition.All.SelectMany(definition => given.Where(v => v.Id == definition.Id).Take(1)).Select(v => isListed && IsOfLog(v.Id) ? new(v.Id, null, 0, Missing.Log) : v)];
    }

    private static bool IsOfLog(string id) => id is MeasureIds.StuckPhase or MeasureIds.Connected or MeasureIds.OnPlan or MeasureIds.Local or MeasureIds.Flashing or MeasureIds.Overrides or MeasureIds.OverrideTime
        or MeasureIds.Violations or MeasureIds.InputsRefused or MeasureIds.ToldLater or MeasureIds.Outages or MeasureIds.OutageTime or MeasureIds.OutageLongest
        or MeasureIds.Held or MeasureIds.BlockedLanes or MeasureIds.Decisions or MeasureIds.ByOptimiser or MeasureIds.Promises or MeasureIds.BrokenPromises or MeasureIds.TurnsKnown;

    private static MeasureValue PlatoonRatio(Totals t, long arrivals) =>
        t[LaneCount.GreenSeconds] == 0 || arrivals == 0
            ? None(t, MeasureIds.PlatoonRatio, arrivals == 0 ? Missing.Vehicles : Missing.Cycles)
            : Any(t, MeasureIds.PlatoonRatio, (double)t[LaneCount.OnGreen] / arrivals / ((double)t[LaneCount.GreenSeconds] / t[LaneCount.SignalSeconds]));

    /// <summary>Loops or tracked vehicles tell it.</summary>
    private static MeasureValue Any(Totals t, string id, double sum, long number, Missing without) =>
        !t.HasDetectors ? None(t, id, Missing.Detectors) : number == 0 ? None(t, id, without) : Any(t, id, sum / number);

    private static MeasureValue Any(Totals t, string id, double value) =>
        t[Count.Seconds] == 0 || !t.HasDetectors ? None(t, id, Missing.Detectors) : new(id, value, Coverage(t, t[Count.Seconds]), Missing.Nothing);

    private static MeasureValue Tracked(Totals t, string id, double sum, long number, Missing without)
    {
        if (t[Count.TrackedSeconds] == 0) return None(t, id, Missing.TrackedVehicles);
        return number == 0 ? None(t, id, without) : new(id, sum / number, Coverage(t, t[Count.TrackedSeconds]), Missing.Nothing);
    }

    /// <summary>The lamps alone tell it.</summary>
    private static MeasureValue Lamps(Totals t, string id, double sum, long number, Missing without) =>
        t[Count.Seconds] == 0 || number == 0 ? None(t, id, without) : new(id, sum / number, Coverage(t, t[Count.Seconds]), Missing.Nothing);

    private static double Coverage(Totals t, long seconds) => Math.Min(1, (double)seconds / Math.Max(1, t.WindowSeconds));
}
