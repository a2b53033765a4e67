using TrafficAI.Network;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Noise on every topic; what it raises, and that it goes by.</summary>
internal static class NoiseTrial
{
    private const int Messages = 200;
    private const int LongestBytes = 300;
    private const int AlarmSeconds = 60;
    private const int Slack = 5;

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        await bench.QuietAsync(stop);
        var (orders, replies) = bench.Answered;
        bench.Findings.Check("C-REPLY-01", orders == replies, $"{replies} replies to {orders} orders");
        var chance = new SplitMix64(1);
        for (var i = 0; i < Messages; i++)
        {
            var noise = Enumerable.Range(0, chance.NextBetween(0, LongestBytes)).Select(_ => (byte)chance.NextBetween(0, 255)).ToArray();
            await bench.ThrowAsync(MessageKind.Plan + i % 4, noise, retain: false, stop);
        }

        await bench.QuietAsync(stop);
        var last = bench.LastReply.Sequence;
        var outcome = await bench.SendAsync(bench.Plan(60, (bench.Target, 0)), stop);
        bench.Findings.Check("C-NOISE-01", outcome == Wire.Outcome.Accepted, $"after {Messages} messages a good plan is answered with {outcome?.ToString() ?? "no reply"}");
        var begun = bench.Transcript.Alarms.Any(alarm => IsForged(alarm.Message) && alarm.Message.Active);
        bench.Findings.Check("C-ALARM-01", begun, begun ? "begun" : "no such alarm after the refused orders of this run");
        if (begun) await EndAsync(bench, last, stop);
    }

    private static async Task EndAsync(Bench bench, ulong last, CancellationToken stop)
    {
        var end = await bench.UntilAsync(_ => Ended(bench, last) is not null, AlarmSeconds + Slack, stop);
        var seconds = Ended(bench, last) is { } alarm ? (long)(alarm.Sequence - last) : 0;
        bench.Findings.Check("C-ALARM-02", end is not null && Math.Abs(seconds - AlarmSeconds) <= Slack, end is null ? $"it still stands after {AlarmSeconds + Slack} s" : $"after {seconds} s");
    }

    private static Wire.Alarm? Ended(Bench bench, ulong last) =>
        bench.Transcript.Alarms.Select(alarm => alarm.Message).FirstOrDefault(alarm => IsForged(alarm) && !alarm.Active && alarm.Sequence > last);

    private static bool IsForged(Wire.Alarm alarm) => alarm.Kind == Wire.Alarm.Types.Kind.ForgedOrders;
}
