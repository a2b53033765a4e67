using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;

namespace TrafficAI.Benchmarks;

/// <summary>What one decision costs by the size of the intersection: the time from the recorded bytes of its frame, and of what neighbours told before it, to the events that it leads to; the
/// bytes that are allocated for all of that, and for seeing and deciding alone.</summary>
internal static class DecisionTimes
{
    /// <summary>Bytes of seeing and deciding are counted from here on: before that lists still grow.</summary>
    private const int SteadyAfterSeconds = 600;

    /// <summary>Decides on a whole log twice on one thread, and prints the second time: the first compiles. Means are of processor time,
    /// so that neighbours trouble them less; the rest is wall time.</summary>
    public static async Task PrintAsync(Replay replay, IEventLog log)
    {
        var measured = new List<Measured>();
        foreach (var model in replay.Site.Models)
        {
            var inputs = await InputsAsync(model, log);
            Decide(replay, model, inputs);
            measured.Add(Decide(replay, model, inputs));
        }

        Say($"decisions on one core  lanes  intersections  decisions  mean us  p50 us  p99 us  most us  bytes each  to decide  without any  a second and core");
        foreach (var size in measured.GroupBy(m => m.Lanes).OrderBy(g => g.Key))
            Print($"{size.Key,5}", [.. size]);
        Print("  all", measured);
    }

    private static void Print(string lanes, List<Measured> measured)
    {
        double[] sorted = [.. measured.SelectMany(m => m.Seconds).Order()];
        double At(double share) => sorted[(int)(share * (sorted.Length - 1))] * 1e6;
        var mean = measured.Sum(m => m.ProcessorSeconds) / sorted.Length;
        Say($"                       {lanes} {measured.Count,14} {sorted.Length,10} {mean * 1e6,8:0.0} {At(0.5),7:0.0} {At(0.99),7:0} {At(1),8:0} {measured.Sum(m => m.Bytes) / sorted.Length,11} {measured.Sum(m => m.Steady.Bytes) / (double)measured.Sum(m => m.Steady.Seconds),10:0.0} {measured.Sum(m => m.Steady.None) / (double)measured.Sum(m => m.Steady.Seconds),11:0.0%} {1 / mean,18:0}");
    }

    private static Measured Decide(Replay replay, IntersectionModel model, List<RecordedEvent> inputs)
    {
        var fold = replay.NewFold(model);
        var seconds = new List<double>(inputs.Count);
        var (before, used) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        var start = Stopwatch.GetTimestamp();
        foreach (var recorded in inputs)
        {
            if (fold.Apply(InputCodec.Decode(model.Signals.Id, recorded.Type, recorded.Payload), recorded.Revision).Decision is null) continue;
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
        }

        var spent = Environment.CpuUsage.TotalTime - used;
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return new(model.Lanes.Length, seconds, spent.TotalSeconds, bytes, Steady(replay, model, inputs));
    }

    /// <summary>The optimiser alone, the inputs decoded before.</summary>
    private static Alone Steady(Replay replay, IntersectionModel model, List<RecordedEvent> inputs)
    {
        var optimiser = new IntersectionOptimiser(model, replay.Record.Header.Options);
        var (sum, from) = (default(Alone), replay.Record.Header.Begin + SteadyAfterSeconds);
        var bytes = 0L;
        foreach (var recorded in inputs)
        {
            var input = InputCodec.Decode(model.Signals.Id, recorded.Type, recorded.Payload);
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (input is IntersectionInput.ForecastsCame told) foreach (var forecast in told.Forecasts) optimiser.Believe(forecast);
            if (input is IntersectionInput.FrameCame came) optimiser.Decide(came.Frame, recorded.Revision);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            if (input is not IntersectionInput.FrameCame) continue;
            if (input.Second >= from) sum = new(sum.Bytes + bytes, sum.Seconds + 1, sum.None + (bytes == 0 ? 1 : 0));
            bytes = 0;
        }

        return sum;
    }

    private static async Task<List<RecordedEvent>> InputsAsync(IntersectionModel model, IEventLog log)
    {
        var inputs = new List<RecordedEvent>();
        await foreach (var e in log.ReadAsync(StreamNames.Inputs(model.Signals.Id)))
        {
            if (e.Type != StreamDigested.EventType) inputs.Add(e);
        }

        return inputs;
    }

    private sealed record Measured(int Lanes, List<double> Seconds, double ProcessorSeconds, long Bytes, Alone Steady);

    /// <param name="None">Seconds in which nothing was allocated.</param>
    private readonly record struct Alone(long Bytes, int Seconds, int None);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
