using System.Security.Cryptography;
using Google.Protobuf;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>What stands at the broker, and the local plan for a while.</summary>
internal static class ArrivalTrial
{
    private const int StartSeconds = 300;
    private const int LeastWatch = 30;
    private const int LongestWatch = 120;

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        var frame = await bench.FrameAsync(stop);
        var standing = await bench.RetainedAsync(stop);
        var messages = standing.Select(bench.Read).ToList();
        var only = standing.All(heard => heard.Kind is MessageKind.Presence or MessageKind.Configuration);
        bench.Findings.Check(
            "C-TOPIC-03", only && standing.Count == 2, $"standing at the broker: {string.Join(", ", standing.Select(heard => heard.Kind?.TopicEnd() ?? "another topic"))}");
        Presence(bench, messages.OfType<Wire.Presence>().FirstOrDefault(), standing.FirstOrDefault(heard => heard.Kind == MessageKind.Configuration), frame);
        await WatchAsync(bench, stop);
    }

    private static void Presence(Bench bench, Wire.Presence? presence, Heard? configuration, Wire.Frame frame)
    {
        var findings = bench.Findings;
        var online = presence is { State: Wire.Presence.Types.State.Online } && presence.Boot == frame.Boot;
        findings.Check("C-PRES-01", online, presence is null ? "no presence stands" : $"state {presence.State}, boot {presence.Boot:x16}, frames {frame.Boot:x16}");
        findings.Check("C-PRES-04", presence is { Firmware.Length: > 0 }, presence is null ? "no presence stands" : $"'{presence.Firmware}'");
        if (configuration is null)
        {
            findings.Fail("C-CONF-01", "no configuration stands");
            return;
        }

        var own = ByteString.CopyFrom(SHA256.HashData(configuration.Payload));
        findings.Check("C-PRES-03", presence?.Configuration == own, $"the presence says {Hex(presence?.Configuration)}, the bytes give {Hex(own)}");
        findings.Check("C-CONF-03", own == bench.Checksum, $"it publishes {Hex(own)}, given was {Hex(bench.Checksum)}");
        Canonical(findings, configuration.Payload);
    }

    private static void Canonical(Findings findings, byte[] payload)
    {
        try
        {
            var again = Wire.Configuration.Parser.ParseFrom(payload).ToByteArray();
            findings.Check("C-CONF-02", again.AsSpan().SequenceEqual(payload), $"{payload.Length} bytes, {again.Length} in that form");
        }
        catch (InvalidProtocolBufferException e)
        {
            findings.Fail("C-CONF-02", e.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task WatchAsync(Bench bench, CancellationToken stop)
    {
        if (bench.Newest.Mode is Wire.ControlMode.Fault or Wire.ControlMode.Off)
            throw new ObstacleException($"its mode is {bench.Newest.Mode}: release it and switch it on first");
        if (await bench.UntilAsync(Shown.Holds, StartSeconds, stop) is null) throw new ObstacleException($"it has not come to a phase in {StartSeconds} s");
        await bench.PassAsync(Math.Clamp(bench.Signals.LocalPlan.CycleSeconds, LeastWatch, LongestWatch), stop);
    }

    private static string Hex(ByteString? checksum) => checksum is null ? "nothing" : Convert.ToHexStringLower(checksum.Span[..Math.Min(6, checksum.Length)]);
}
