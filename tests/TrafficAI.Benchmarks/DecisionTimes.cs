using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;

namespace TrafficAI.Benchmarks;

/// <summary>What one decision costs, from the recorded bytes of its frame to the events that it leads to, by the size of the intersection.</summary>
internal static class DecisionTimes
{
    /// <summary>Decides on a whole log twice on one thread, and prints the second time: the first compiles.</summary>
    public static async Task PrintAsync(Replay replay, IEventLog log)
    {
        var measured = new List<(int Lanes, double[] Seconds, long Bytes)>();
        foreach (var model in replay.Site.Models)
        {
            var inputs = await InputsAsync(model, log);
            Decide(replay, model, inputs);
            var (seconds, bytes) = Decide(replay, model, inputs);
            measured.Add((model.Lanes.Length, seconds, bytes));
        }

        Say($"decisions on one core     lanes  intersections  mean us  p50 us  p99 us  most us  bytes each  at 1 Hz one core carries");
        foreach (var size in measured.GroupBy(m => m.Lanes).OrderBy(g => g.Key))
            Print($"{size.Key,5}", [.. size]);
        Print("  all", measured);
    }

    private static void Print(string lanes, List<(int Lanes, double[] Seconds, long Bytes)> measured)
    {
        var sorted = measured.SelectMany(m => m.Seconds).Order().ToArray();
        double At(double share) => sorted[(int)(share * (sorted.Length - 1))] * 1e6;
        var mean = sorted.Average();
        Say($"                          {lanes} {measured.Count,14} {mean * 1e6,8:0.0} {At(0.5),7:0.0} {At(0.99),7:0} {At(1),8:0} {measured.Sum(m => m.Bytes) / sorted.Length,11} {1 / mean,10:0}");
    }

    private static (double[] Seconds, long Bytes) Decide(Replay replay, IntersectionModel model, List<RecordedEvent> inputs)
    {
        var fold = replay.NewFold(model);
        var seconds = new double[inputs.Count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < seconds.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            fold.Apply(InputCodec.Decode(model.Signals.Id, inputs[i].Type, inputs[i].Payload), inputs[i].Revision);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return (seconds, GC.GetAllocatedBytesForCurrentThread() - before);
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

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
