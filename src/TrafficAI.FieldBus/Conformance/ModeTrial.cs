using Google.Protobuf;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>A person switches off and on from afar.</summary>
internal static class ModeTrial
{
    private const int LongestSeconds = 300;
    private const uint Expires = 20;
    private const string Reason = "conformance test";

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        await RefusalsAsync(bench, stop);
        var off = Request(bench, Wire.ModeRequest.Types.Wish.Off);
        var first = bench.Transcript.Frames.Count;
        var reply = await bench.SendAsync(MessageKind.Mode, off.Head, off, stop);
        await bench.PassAsync(2, stop);
        var obeyed = reply?.Outcome == Wire.Outcome.Accepted && ModeAfter(bench, reply) == Wire.ControlMode.Off;
        bench.Findings.Check("C-MODE-01", obeyed, $"{Said(reply)}, then the mode is {(reply is null ? bench.Newest.Mode : ModeAfter(bench, reply))}");
        if (!obeyed) throw new ObstacleException("it cannot be switched off from afar");
        await InOffAsync(bench, off, stop);
        await bench.UntilAsync(Shown.IsOff, LongestSeconds, stop);
        await bench.PassAsync(5, stop);
        bench.Findings.Check("C-MODE-02", Closing(bench, first) is null, Closing(bench, first) ?? "as configured");
        await OnAsync(bench, stop);
        await ExpiryAsync(bench, stop);
    }

    private static async Task RefusalsAsync(Bench bench, CancellationToken stop)
    {
        await RefusedAsync("C-MODE-06", Request(bench, Wire.ModeRequest.Types.Wish.Off, reason: ""), Wire.Outcome.Malformed);
        await RefusedAsync("C-MODE-09", Request(bench, (Wire.ModeRequest.Types.Wish)9), Wire.Outcome.Malformed);
        var older = Request(bench, Wire.ModeRequest.Types.Wish.Off);
        older.Head.Epoch = bench.Epoch - 1;
        await RefusedAsync("C-MODE-10", older, Wire.Outcome.OlderEpoch);
        var forged = Seal.Close(Bench.OtherKey(), bench.TopicOf(MessageKind.Mode), Request(bench, Wire.ModeRequest.Types.Wish.Off).ToByteArray());
        bench.Findings.Check("C-MODE-11", (await bench.AskAsync(MessageKind.Mode, forged, stop))?.Outcome == Wire.Outcome.Forged, "signed with another key");
        await ReleaseAsync(bench, stop);

        async Task RefusedAsync(string rule, Wire.ModeRequest request, Wire.Outcome expected)
        {
            var reply = await bench.AskAsync(MessageKind.Mode, bench.Sealed(MessageKind.Mode, request), stop);
            bench.Findings.Check(rule, reply?.Outcome == expected, Said(reply));
        }
    }

    private static async Task ReleaseAsync(Bench bench, CancellationToken stop)
    {
        var release = Request(bench, Wire.ModeRequest.Types.Wish.Release);
        var reply = await bench.SendAsync(MessageKind.Mode, release.Head, release, stop);
        if (reply?.Outcome == Wire.Outcome.Accepted) bench.Findings.NotApplicable("C-MODE-08", "it is accepted: the city must have agreed so with the vendor");
        else bench.Findings.Check("C-MODE-08", reply?.Outcome == Wire.Outcome.NotSupported, Said(reply));
    }

    private static async Task InOffAsync(Bench bench, Wire.ModeRequest off, CancellationToken stop)
    {
        var plan = await bench.SendAsync(bench.Plan(60, (bench.Target, 0)), stop);
        bench.Findings.Check("C-MODE-03", plan == Wire.Outcome.Off, plan?.ToString() ?? "no reply");
        var again = await bench.SendAsync(MessageKind.Mode, off.Head, off, stop);
        bench.Findings.Check("C-MODE-07", again?.Outcome == Wire.Outcome.Stale, Said(again));
    }

    private static async Task OnAsync(Bench bench, CancellationToken stop)
    {
        var first = bench.Transcript.Frames.Count;
        var on = Request(bench, Wire.ModeRequest.Types.Wish.On);
        var reply = await bench.SendAsync(MessageKind.Mode, on.Head, on, stop);
        var running = await bench.UntilAsync(Shown.Holds, LongestSeconds, stop);
        var departure = Starting(bench, first);
        bench.Findings.Check(
            "C-MODE-04", reply?.Outcome == Wire.Outcome.Accepted && running?.Mode == Wire.ControlMode.Local && departure is null,
            departure ?? $"{Said(reply)}, then {(running is null ? "it does not start" : $"mode {running.Mode}")}");
        if (running is null) throw new ObstacleException("it does not start again");
    }

    private static async Task ExpiryAsync(Bench bench, CancellationToken stop)
    {
        var off = Request(bench, Wire.ModeRequest.Types.Wish.Off);
        off.ExpiresAfterSeconds = Expires;
        var first = bench.Transcript.Frames.Count;
        var reply = await bench.SendAsync(MessageKind.Mode, off.Head, off, stop);
        await bench.UntilAsync(frame => reply is not null && frame.Sequence > reply.Sequence && frame.Mode != Wire.ControlMode.Off, 3 * (int)Expires, stop);
        var seconds = bench.Transcript.Frames.Skip(first).Count(heard => heard.Frame.Mode == Wire.ControlMode.Off);
        bench.Findings.Check("C-MODE-05", reply?.Outcome == Wire.Outcome.Accepted && seconds == Expires, $"{Said(reply)}, off for {seconds} s; given were {Expires}");
        var on = Request(bench, Wire.ModeRequest.Types.Wish.On);
        if (bench.Newest.Mode == Wire.ControlMode.Off) await bench.SendAsync(MessageKind.Mode, on.Head, on, stop);
        if (await bench.UntilAsync(Shown.Holds, LongestSeconds, stop) is null) throw new ObstacleException("it does not start again");
    }

    /// <summary>How the way to flashing departs from the configured closing; null where it does not.</summary>
    private static string? Closing(Bench bench, int first)
    {
        var frames = bench.Transcript.Frames.Skip(first).Select(heard => heard.Frame).Where(frame => frame.Mode == Wire.ControlMode.Off).ToList();
        var begin = frames.FindIndex(frame => frame.NextPhase == frame.Phase || Shown.IsOff(frame));
        if (begin < 0) return "it has not begun to close";
        var configured = ConfigurationReader.Seconds(bench.Settings.Configuration.Phases[(int)frames[begin].Phase - 1].Closing).ToList();
        var flashing = ConfigurationReader.Lamps(bench.Settings.Configuration.Flashing);
        if (frames.Count < begin + configured.Count + 1) return "it does not come to flashing";
        return Shown.Departure(frames.Skip(begin), configured.Concat(Enumerable.Repeat(flashing, frames.Count)));
    }

    /// <summary>How the first start after a frame departs from the configured one.</summary>
    internal static string? Starting(Bench bench, int first)
    {
        var started = bench.Transcript.Frames.Skip(first).Select(heard => heard.Frame).SkipWhile(Shown.IsOff).ToList();
        return Shown.Departure(started, Shown.Start(bench.Settings.Configuration));
    }

    private static Wire.ModeRequest Request(Bench bench, Wire.ModeRequest.Types.Wish wish, string reason = Reason) =>
        new() { Head = bench.Head(MessageKind.Mode), Wish = wish, Reason = reason };

    private static Wire.ControlMode ModeAfter(Bench bench, Wire.Reply reply) =>
        bench.Transcript.Frames.Select(heard => heard.Frame).FirstOrDefault(frame => frame.Boot == reply.Boot && frame.Sequence == reply.Sequence + 1)?.Mode ?? Wire.ControlMode.Unspecified;

    private static string Said(Wire.Reply? reply) => reply?.Outcome.ToString() ?? "no reply";
}
