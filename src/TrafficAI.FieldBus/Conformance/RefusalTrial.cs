using Google.Protobuf;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Orders that must be refused, each with its reason, while a good plan is held.</summary>
internal static class RefusalTrial
{
    private const int Lease = 3600;
    private const int FarAhead = 1000;
    private const int UnknownField = 15;
    private const ulong OtherPlan = 987_654;

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        var before = bench.Plan(Lease, (bench.Target, 0));
        await HoldAsync(bench, before, stop);
        var held = bench.Plan(Lease, (bench.Target, 0));
        await HoldAsync(bench, held, stop);
        await BytesAsync(bench, stop);
        await HeadsAsync(bench, stop);
        await AgesAsync(bench, before, held, stop);
        await EntriesAsync(bench, stop);
        await bench.PassAsync(2, stop);
        var still = bench.Newest.Mode == Wire.ControlMode.Plan && bench.Newest.Plan?.Sequence == held.Head.Sequence;
        bench.Findings.Check("C-REFUSE-23", still, $"held was plan {held.Head.Sequence}, afterwards mode {bench.Newest.Mode}, plan {bench.Newest.Plan?.Sequence}");
        await UnknownFieldAsync(bench, stop);
    }

    /// <summary>A plan of the epoch that must be taken.</summary>
    private static async Task HoldAsync(Bench bench, Wire.Plan plan, CancellationToken stop)
    {
        if (await bench.SendAsync(plan, stop) is var outcome && outcome != Wire.Outcome.Accepted) throw new ObstacleException($"a good plan is not accepted: {outcome}");
    }

    private static async Task BytesAsync(Bench bench, CancellationToken stop)
    {
        var topic = bench.TopicOf(MessageKind.Plan);
        var body = Good(bench).ToByteArray();
        await BytesAsync("C-REFUSE-01", [.. Enumerable.Repeat((byte)0xff, 40)], Wire.Outcome.Malformed);
        await BytesAsync("C-REFUSE-02", Seal.Close(bench.Settings.Key.Span, topic, [.. body, .. Unknown(WireLimits.OrderBytes)]), Wire.Outcome.Malformed);
        await BytesAsync("C-REFUSE-03", Changed(bench.Sealed(MessageKind.Plan, Good(bench)), e => e.Mac = ByteString.CopyFrom(e.Mac.Span[1..])), Wire.Outcome.Malformed);
        await BytesAsync("C-REFUSE-04", Seal.Close(Bench.OtherKey(), topic, body), Wire.Outcome.Forged);
        await BytesAsync("C-REFUSE-05", Changed(bench.Sealed(MessageKind.Plan, Good(bench)), e => e.Body = OtherLastByte(e.Body)), Wire.Outcome.Forged);
        await BytesAsync("C-REFUSE-06", Seal.Close(bench.Settings.Key.Span, topic with { Intersection = new($"{topic.Intersection}-2") }, body), Wire.Outcome.Forged);
        await BytesAsync("C-REFUSE-07", bench.Sealed(MessageKind.Mode, Good(bench)), Wire.Outcome.Forged);
        await BytesAsync("C-REFUSE-08", Seal.Close(bench.Settings.Key.Span, topic, [.. Enumerable.Repeat((byte)0xff, 40)]), Wire.Outcome.Malformed);
        await BytesAsync("C-REFUSE-09", bench.Sealed(MessageKind.Plan, With(Good(bench), plan => plan.Head = null)), Wire.Outcome.Malformed);
        await BytesAsync("C-REFUSE-10", bench.Sealed(MessageKind.Plan, With(Good(bench), TooManyEntries)), Wire.Outcome.Malformed);
        await BytesAsync("C-REFUSE-11", bench.Sealed(MessageKind.Plan, With(Good(bench), plan => plan.LeaseSeconds = WireLimits.LeaseSeconds + 1)), Wire.Outcome.Malformed);

        async Task BytesAsync(string rule, byte[] payload, Wire.Outcome expected)
        {
            var reply = await bench.AskAsync(MessageKind.Plan, payload, stop);
            bench.Findings.Check(rule, reply?.Outcome == expected, Said(reply?.Outcome));
            bench.Findings.Check("C-REPLY-03", reply?.Order is null, $"to what could not be read it replied naming an order ({rule})");
        }
    }

    private static async Task HeadsAsync(Bench bench, CancellationToken stop)
    {
        await RefusedAsync(bench, "C-REFUSE-12", plan => plan.Head.Boot++, Wire.Outcome.OtherBoot, stop);
        await RefusedAsync(bench, "C-REFUSE-13", plan => plan.Head.Configuration = ByteString.CopyFrom(new byte[WireLimits.ChecksumBytes]), Wire.Outcome.OtherConfiguration, stop);
        await RefusedAsync(bench, "C-REFUSE-14", plan => plan.BaseSequence += FarAhead, Wire.Outcome.UnknownBase, stop);
        await RefusedAsync(bench, "C-REFUSE-15", plan => plan.BaseLamps += FarAhead, Wire.Outcome.UnknownBase, stop);
        await RefusedAsync(bench, "C-REFUSE-22", plan => (plan.Head.Boot, plan.Head.Epoch) = (plan.Head.Boot + 1, bench.Epoch - 1), Wire.Outcome.OtherBoot, stop);
        await RefusedAsync(bench, "C-REFUSE-22", plan => (plan.BaseSequence, plan.Head.Epoch) = (plan.BaseSequence + FarAhead, bench.Epoch - 1), Wire.Outcome.UnknownBase, stop);
    }

    private static async Task AgesAsync(Bench bench, Wire.Plan before, Wire.Plan held, CancellationToken stop)
    {
        await RefusedAsync(bench, "C-REFUSE-16", plan => plan.Head.Epoch = bench.Epoch - 1, Wire.Outcome.OlderEpoch, stop);
        bench.Findings.Check("C-REFUSE-17", await bench.SendAsync(before, stop) is Wire.Outcome.Stale, "the plan before the held one came again");
        await RefusedAsync(bench, "C-REFUSE-18", plan => (plan.Head.Sequence, plan.Decision) = (held.Head.Sequence, OtherPlan), Wire.Outcome.Stale, stop);
        await RefusedAsync(bench, "C-REFUSE-19", plan => (plan.BaseSequence, plan.LeaseSeconds) = (plan.BaseSequence - Math.Min(plan.BaseSequence, 20), 10), Wire.Outcome.LeaseExpired, stop);
    }

    private static async Task EntriesAsync(Bench bench, CancellationToken stop)
    {
        await RefusedAsync(bench, "C-REFUSE-20", plan => plan.Entries.Clear(), Wire.Outcome.UnknownPhase, stop);
        await RefusedAsync(bench, "C-REFUSE-21", plan => plan.Entries[0].Phase = (uint)bench.Signals.Phases.Length + 1, Wire.Outcome.UnknownPhase, stop);
        await RefusedAsync(bench, "C-REFUSE-21", plan => plan.Entries[0].Phase = 0, Wire.Outcome.UnknownPhase, stop);
    }

    private static async Task UnknownFieldAsync(Bench bench, CancellationToken stop)
    {
        var plan = Good(bench);
        var reply = await bench.AskAsync(
            MessageKind.Plan, Seal.Close(bench.Settings.Key.Span, bench.TopicOf(MessageKind.Plan), [.. plan.ToByteArray(), .. Unknown(20)]), stop);
        if (bench.Findings.Check("C-REFUSE-24", reply?.Outcome == Wire.Outcome.Accepted, Said(reply?.Outcome))) bench.Transcript.Plans.Add(new(plan, reply!.Sequence));
    }

    private static async Task RefusedAsync(Bench bench, string rule, Action<Wire.Plan> change, Wire.Outcome expected, CancellationToken stop)
    {
        var outcome = await bench.SendAsync(With(Good(bench), change), stop);
        bench.Findings.Check(rule, outcome == expected, Said(outcome));
    }

    private static Wire.Plan Good(Bench bench) => bench.Plan(Lease, (bench.Target, 0));

    private static Wire.Plan With(Wire.Plan plan, Action<Wire.Plan> change)
    {
        change(plan);
        return plan;
    }

    private static void TooManyEntries(Wire.Plan plan)
    {
        while (plan.Entries.Count <= WireLimits.PlanEntries) plan.Entries.Add(plan.Entries[0].Clone());
    }

    private static byte[] Changed(byte[] payload, Action<Wire.Envelope> change)
    {
        var envelope = Wire.Envelope.Parser.ParseFrom(payload);
        change(envelope);
        return envelope.ToByteArray();
    }

    private static ByteString OtherLastByte(ByteString body) => ByteString.CopyFrom([.. body.Span[..^1], (byte)(body[^1] ^ 1)]);

    /// <summary>A field of bytes that version 1.0 does not have.</summary>
    private static byte[] Unknown(int length)
    {
        using var bytes = new MemoryStream();
        using var to = new CodedOutputStream(bytes);
        to.WriteTag(UnknownField, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(ByteString.CopyFrom(new byte[length]));
        to.Flush();
        return bytes.ToArray();
    }

    private static string Said(Wire.Outcome? outcome) => outcome?.ToString() ?? "no reply";
}
