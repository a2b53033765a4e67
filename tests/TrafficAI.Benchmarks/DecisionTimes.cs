using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;

namespace TrafficAI.Benchmarks;

/// <summary>What one decision costs, from the recorded bytes of its frame to the events that it leads to, by the size of the intersection.</summary>
internal static class DecisionTimes
{
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

        Say($"decisions on one core  lanes  intersections  decisions  mean us  p50 us  p99 us  most us  bytes each  a second and core");
        foreach (var size in measured.GroupBy(m => m.Lanes).OrderBy(g => g.Key))
            Print($"{size.Key,5}", [.. size]);
        Print("  all", measured);
    }

    private static void Print(string lanes, List<Measured> measured)
    {
        var sorted = measured.SelectMany(m => m.Seconds).Order().ToArray();
        double At(double share) => sorted[(int)(share * (sorted.Length - 1))] * 1e6;
        var mean = measured.Sum(m => m.ProcessorSeconds) / sorted.Length;
        Say($"                       {lanes} {measured.Count,14} {sorted.Length,10} {mean * 1e6,8:0.0} {At(0.5),7:0.0} {At(0.99),7:0} {At(1),8:0} {measured.Sum(m => m.Bytes) / sorted.Length,11} {1 / mean,18:0}");
    }

    private static Measured Decide(Replay replay, IntersectionModel model, List<RecordedEvent> inputs)
    {
        var fold = replay.NewFold(model);
        var seconds = new double[inputs.Count];
        var (before, used) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < seconds.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            fold.Apply(InputCodec.Decode(model.Signals.Id, inputs[i].Type, inputs[i].Payload), inputs[i].Revision);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var spent = Environment.CpuUsage.TotalTime - used;
        return new(model.Lanes.Length, seconds, spent.TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - before);
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

    private sealed record Measured(int Lanes, double[] Seconds, double ProcessorSeconds, long Bytes);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
