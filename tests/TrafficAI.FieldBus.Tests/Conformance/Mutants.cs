using Google.Protobuf;
using TrafficAI.FieldBus.Tests.Vectors;
using static TrafficAI.FieldBus.Tests.Conformance.Spoils;
using Outcome = TrafficAI.FieldBus.Wire.Outcome;

namespace TrafficAI.FieldBus.Tests.Conformance;

/// <summary>For each rule of the kit a controller that breaks it.</summary>
internal static class Mutants
{
    private const ulong Late = 5100;

    public static IReadOnlyList<(string Rule, Mutant Mutant)> All { get; } =
    [
        ("C-TOPIC-01", new() { Says = (own, said) => Read<Wire.Frame>(said, MessageKind.Frame) is { Sequence: Late } ? own.AlsoElsewhere(said) : [said] }),
        ("C-TOPIC-02", Says((_, said) => said.Kind == MessageKind.Frame ? said with { Qos = 1 } : said)),
        ("C-TOPIC-03", Says((_, said) => said with { Retain = true })),

        ("C-PRES-01", Presence(presence => presence.State = Wire.Presence.Types.State.Shutdown)),
        ("C-PRES-02", Presence(presence => presence.Configuration = ByteString.CopyFrom(presence.Configuration.Span[1..]))),
        ("C-PRES-03", Presence(presence => presence.Configuration = ByteString.CopyFrom(new byte[32]))),
        ("C-PRES-04", Presence(presence => presence.Firmware = "")),
        ("C-PRES-05", Silent(said => Read<Wire.Presence>(said, MessageKind.Presence) is { State: Wire.Presence.Types.State.Offline })),
        ("C-PRES-06", Silent(said => said.Kind == MessageKind.Configuration, after: (long)Late)),
        ("C-PRES-07", Silent(said => Read<Wire.Presence>(said, MessageKind.Presence) is { State: Wire.Presence.Types.State.Offline or Wire.Presence.Types.State.Shutdown })),

        ("C-CONF-01", Configuration(configuration => configuration.DecisionInterval = 0)),
        ("C-CONF-02", Says((_, said) => said.Kind == MessageKind.Configuration ? said with { Payload = [.. said.Payload, 0x48, 0] } : said)),
        ("C-CONF-03", Configuration(configuration => configuration.MaximumRed = 600)),

        ("C-FRAME-01", Frames(frame => frame.Mode = 0)),
        ("C-FRAME-02", new() { Says = (_, said) => Read<Wire.Frame>(said, MessageKind.Frame) is { Sequence: Late } ? [] : [said] }),
        ("C-FRAME-03", new() { Beat = (_, beat) => beat * 1.3 }),
        ("C-FRAME-04", Frames(frame => frame.Second += frame.Sequence > Late ? 3600 : 0)),
        ("C-FRAME-05", Frames(frame => frame.Phase = 32, when: frame => frame.Sequence == Late)),
        ("C-FRAME-06", Frames(frame => frame.LampSeconds[0] = 1)),
        ("C-FRAME-07", Frames(frame => frame.LampSequence += frame.Sequence)),
        ("C-FRAME-08", Frames(frame => frame.Elapsed++, when: frame => frame.Sequence % 50 == 0)),
        ("C-FRAME-09", Frames(frame => frame.CycleSecond++)),
        ("C-FRAME-10", Frames(frame => frame.Detectors.RemoveAt(0))),
        ("C-FRAME-11", Frames(frame => frame.Objects.Add(frame.Objects[0]))),
        ("C-FRAME-12", Frames(frame => frame.Boot++)),

        ("C-LAMP-01", Frames(frame => AllGreen(frame), when: frame => frame.Sequence == Late)),
        ("C-LAMP-02", Lamps(lamp => lamp == Wire.Lamp.Amber ? Wire.Lamp.Red : lamp)),
        ("C-LAMP-03", new() { Inside = WithoutMinima }),
        ("C-LAMP-04", new() { Inside = ShortAmber }),
        ("C-LAMP-05", new() { Inside = ShortIntergreens }),
        ("C-LAMP-06", Lamps(lamp => lamp == Wire.Lamp.FlashingGreen ? Wire.Lamp.Green : lamp)),

        ("C-DEC-01", new() { Inside = LongPassages }),
        ("C-DEC-02", new() { Inside = WithoutMinima }),
        ("C-DEC-03", Orders<Wire.Plan>(plan => plan.AllRedUntil = 0)),
        ("C-DEC-04", new() { Inside = signals => signals with { AllRedExtensionSeconds = signals.AllRedExtensionSeconds + 1 } }),
        ("C-DEC-05", Orders<Wire.Plan>(plan => plan.AllRedUntil = WireLimits.LeaseSeconds)),
        ("C-LOCAL-01", Frames(frame => frame.Mode = Wire.ControlMode.Plan, when: frame => frame.Mode == Wire.ControlMode.Local)),
        ("C-LOCAL-02", new() { Inside = signals => signals with { LocalPlan = signals.LocalPlan with { OffsetSeconds = 7 } } }),

        ("C-PLAN-01", Answers(Outcome.Accepted, Outcome.NotSupported, Wire.OrderKind.Plan)),
        ("C-PLAN-02", Frames(frame => frame.Mode = Wire.ControlMode.Local, when: frame => frame.Mode == Wire.ControlMode.Plan)),
        ("C-PLAN-03", Orders<Wire.Plan>(plan => Each(plan.Entries, entry => entry.Planned += 2))),
        ("C-PLAN-04", Frames(frame => frame.Plan = null)),
        ("C-PLAN-05", Refuses((own, plan) => own.Controller.Held is { } held && ((ulong)held.Epoch, (ulong)held.Sequence) == (plan.Head.Epoch, plan.Head.Sequence), Outcome.Stale)),
        ("C-PLAN-06", Refuses((own, plan) => own.Controller.State.Elapsed < 5 && plan.Entries[0].Phase != own.Controller.State.Target.Number, Outcome.NotSupported)),
        ("C-PLAN-07", Refuses((own, plan) => plan.Entries.Count == 2 && own.Controller.Second % 3 == 0, Outcome.NotSupported)),

        ("C-REFUSE-01", AnswersTo((_, _, payload) => payload.Length == 40, Outcome.Forged)),
        ("C-REFUSE-02", AnswersTo((_, _, payload) => payload.Length > WireLimits.OrderBytes, Outcome.Forged)),
        ("C-REFUSE-03", AnswersTo((_, kind, payload) => kind == MessageKind.Plan && IsCut(payload), Outcome.Forged)),
        ("C-REFUSE-04", Trusts((payload, _) => AnyBody(payload))),
        ("C-REFUSE-05", Trusts((payload, _) => AnyBody(payload))),
        ("C-REFUSE-06", Trusts((payload, topic) => Seal.Open(Vector.Key, topic with { Intersection = new($"{topic.Intersection}-2") }, payload, out _))),
        ("C-REFUSE-07", Trusts((payload, topic) => topic.Kind == MessageKind.Plan ? Seal.Open(Vector.Key, topic with { Kind = MessageKind.Mode }, payload, out _) : null)),
        ("C-REFUSE-08", AnswersTo((_, kind, payload) => kind == MessageKind.Plan && AnyBody(payload) is { Length: 40 }, Outcome.Forged)),
        ("C-REFUSE-09", AnswersTo((_, kind, payload) => Order<Wire.Plan>(kind, payload) is { Head: null }, Outcome.OtherBoot)),
        ("C-REFUSE-10", Orders<Wire.Plan>(plan => LeaveOut(plan.Entries, WireLimits.PlanEntries))),
        ("C-REFUSE-11", Orders<Wire.Plan>(plan => plan.LeaseSeconds = Math.Min(plan.LeaseSeconds, WireLimits.LeaseSeconds))),
        ("C-REFUSE-12", Orders<Wire.Plan>((own, plan) => plan.Head.Boot = own.Boot)),
        ("C-REFUSE-13", Orders<Wire.Plan>((own, plan) => plan.Head.Configuration = ConfigurationWriter.Checksum(own.Configuration))),
        ("C-REFUSE-14", Orders<Wire.Plan>((own, plan) => plan.BaseSequence = Math.Min(plan.BaseSequence, (ulong)own.End.Newest))),
        ("C-REFUSE-15", Orders<Wire.Plan>(plan => plan.BaseLamps = 0)),
        ("C-REFUSE-16", Answers(Outcome.OlderEpoch, Outcome.Stale, Wire.OrderKind.Plan)),
        ("C-REFUSE-17", Orders<Wire.Plan>((own, plan) => plan.Head.Sequence += own.Orders << 16)),
        ("C-REFUSE-18", Orders<Wire.Plan>((own, plan) => plan.Head.Sequence += plan.Decision == 987_654 ? 1UL : 0)),
        ("C-REFUSE-19", Orders<Wire.Plan>((own, plan) => plan.BaseSequence = Math.Max(plan.BaseSequence, (ulong)own.End.Newest))),
        ("C-REFUSE-20", Answers(Outcome.UnknownPhase, Outcome.Malformed, Wire.OrderKind.Plan)),
        ("C-REFUSE-21", Orders<Wire.Plan>(plan => Each(plan.Entries, entry => entry.Phase = Math.Clamp(entry.Phase, 1, 2)))),
        ("C-REFUSE-22", Refuses((own, plan) => plan.Head.Epoch < own.Epoch, Outcome.OlderEpoch)),
        ("C-REFUSE-23", Orders<Wire.Plan>((own, plan) => own.ForgetIf(plan.Entries.Count == 0))),
        ("C-REFUSE-24", Refuses((_, plan) => plan.CalculateSize() != Known(plan).CalculateSize(), Outcome.Malformed)),

        ("C-REPLY-01", new() { Says = (_, said) => said.Kind == MessageKind.Reply ? [said, said] : [said] }),
        ("C-REPLY-02", Reply(reply => reply.Kind = 0)),
        ("C-REPLY-03", Reply(reply => reply.Order = null)),
        ("C-REPLY-04", Reply(reply => reply.Sequence = 1)),

        ("C-LEASE-01", Orders<Wire.Plan>(plan => plan.LeaseSeconds += plan.LeaseSeconds is > 10 and < 1000 ? 1U : 0)),
        ("C-LEASE-02", Orders<Wire.Plan>((own, plan) => Renew(own, plan, own.Controller.Held is { } held && ((ulong)held.Epoch, (ulong)held.Sequence) == (plan.Head.Epoch, plan.Head.Sequence)))),
        ("C-LEASE-03", Orders<Wire.Plan>((own, plan) => Renew(own, plan, plan.BaseSequence + 4 < (ulong)own.End.Newest))),
        ("C-LEASE-04", new() { Inside = LonePlan }),

        ("C-MODE-01", Answers(Outcome.Accepted, Outcome.NotSupported, Wire.OrderKind.Mode)),
        ("C-MODE-02", Lamps(lamp => lamp == Wire.Lamp.FlashingAmber ? Wire.Lamp.Dark : lamp)),
        ("C-MODE-03", Answers(Outcome.Off, Outcome.Accepted, Wire.OrderKind.Plan)),
        ("C-MODE-04", new() { Inside = LongStart }),
        ("C-MODE-05", Orders<Wire.ModeRequest>(request => request.ExpiresAfterSeconds += request.ExpiresAfterSeconds > 0 ? 1U : 0)),
        ("C-MODE-06", Orders<Wire.ModeRequest>(request => request.Reason = request.Reason.Length == 0 ? "none" : request.Reason)),
        ("C-MODE-07", Answers(Outcome.Stale, Outcome.Accepted, Wire.OrderKind.Mode)),
        ("C-MODE-08", Answers(Outcome.NotSupported, Outcome.Fault, Wire.OrderKind.Mode)),
        ("C-MODE-09", Answers(Outcome.Malformed, Outcome.NotSupported, Wire.OrderKind.Mode)),
        ("C-MODE-10", Orders<Wire.ModeRequest>(request => request.Head.Epoch = Math.Max(request.Head.Epoch, 2))),
        ("C-MODE-11", Answers(Outcome.Forged, Outcome.Malformed, Wire.OrderKind.Mode)),

        ("C-TIME-01", Answers(Outcome.Accepted, Outcome.Malformed, Wire.OrderKind.Time)),
        ("C-TIME-02", new() { Says = (own, said) => own.Heard.Contains(MessageKind.Time) ? Frames(frame => frame.Second += 86_400).Says(own, said) : [said] }),
        ("C-TIME-03", Orders<Wire.TimeOrder>((own, _) => own.ForgetIf(true))),
        ("C-TIME-04", Frames(frame => frame.Clock.UnixMilliseconds = 1_767_225_600_000)),

        ("C-FAULT-01", Frames(frame => frame.Mode = Wire.ControlMode.Off, when: frame => frame.Mode == Wire.ControlMode.Fault)),
        ("C-FAULT-02", Answers(Outcome.Fault, Outcome.Accepted, Wire.OrderKind.Plan)),
        ("C-FAULT-03", Answers(Outcome.Fault, Outcome.Accepted, Wire.OrderKind.Mode)),
        ("C-FAULT-04", Silent(said => Read<Wire.Alarm>(said, MessageKind.Alarm) is { Active: false })),
        ("C-FAULT-05", new() { Inside = LongStart }),
        ("C-FAULT-06", Frames(frame => frame.Violation = new() { Rule = Wire.SafetyRule.ShortAmber, Group = 1, SecondsAgo = 1 }, when: frame => frame.Sequence == Late)),

        ("C-ALARM-01", Silent(said => said.Kind == MessageKind.Alarm)),
        ("C-ALARM-02", Silent(said => Read<Wire.Alarm>(said, MessageKind.Alarm) is { Kind: Wire.Alarm.Types.Kind.ForgedOrders, Active: false })),
        ("C-ALARM-03", new() { Says = (own, said) => said.Kind == MessageKind.Alarm && own.IsConnecting ? [] : [said] }),
        ("C-ALARM-04", Change<Wire.Alarm>(MessageKind.Alarm, alarm => alarm.Kind = 0)),

        ("C-PRIO-01", Change<Wire.PriorityRequest>(MessageKind.PriorityRequest, request => request.Group = 60)),
        ("C-PRIO-02", Answers(Outcome.Accepted, Outcome.NotSupported, Wire.OrderKind.Priority)),
        ("C-PRIO-03", Answers(Outcome.NotSupported, Outcome.Accepted, Wire.OrderKind.Priority)),
        ("C-PRIO-04", new() { Says = (own, said) => own.HasAsked ? Frames(AllGreen).Says(own, said) : [said] }),
        ("C-PRIO-05", Change<Wire.PriorityRequest>(MessageKind.PriorityRequest, request => request.Persons = WireLimits.Persons + 1)),
        ("C-PRIO-06", Orders<Wire.PriorityAnswer>(answer => answer.State = answer.Refusal == Wire.PriorityRefusal.Unspecified ? answer.State : Wire.PriorityState.Queued)),

        ("C-BACK-01", Backlogs(backlog => backlog.Frames.RemoveAt(backlog.Frames.Count / 2))),
        ("C-BACK-02", new() { Says = (_, said) => said.Kind == MessageKind.Backlog ? [said, said with { Payload = [] }] : [said] }),
        ("C-BACK-03", Backlogs(backlog => backlog.Done = false)),
        ("C-BACK-04", BacklogFrames((own, frame) => frame.Clock.UnixMilliseconds = 1_767_225_600_000 + (long)own.Now.TotalMilliseconds)),
        ("C-BACK-05", new() { BacklogFrames = 300 }),
        ("C-BACK-06", BacklogFrames((_, frame) => frame.Mode = Wire.ControlMode.Local)),
        ("C-BACK-07", BacklogFrames((_, frame) => frame.Lamps.Clear())),
        ("C-SESS-01", new() { Reconnects = own => own.Controller.Second < (long)Late }),
        ("C-SESS-02", new() { HeedsRetained = true }),

        ("C-BOOT-01", new() { KeepsBoot = true }),
        ("C-BOOT-02", Orders<Wire.Plan>((own, plan) => plan.Head.Boot = own.Boot)),
        ("C-BOOT-03", new() { ForgetsEpoch = true }),
        ("C-BOOT-04", Refuses((own, _) => own.Boot > 77, Outcome.OlderEpoch)),
        ("C-BOOT-05", new() { Inside = LongStart }),

        ("C-NOISE-01", new() { Takes = (own, _, _, _) => own.BadOrders > 100 }),
    ];

    private static void AllGreen(Wire.Frame frame)
    {
        for (var group = 0; group < frame.Lamps.Count; group++) frame.Lamps[group] = Wire.Lamp.Green;
    }

    private static bool IsCut(byte[] payload)
    {
        try
        {
            return Wire.Envelope.Parser.ParseFrom(payload) is { Mac.Length: 31 };
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static void LeaveOut(Google.Protobuf.Collections.RepeatedField<Wire.PlanEntry> entries, int beyond)
    {
        while (entries.Count > beyond) entries.RemoveAt(entries.Count - 1);
    }

    private static Wire.Plan Known(Wire.Plan plan) => Wire.Plan.Parser.WithDiscardUnknownFields(true).ParseFrom(plan.ToByteArray());

    /// <summary>Takes it for a new plan on the newest frame.</summary>
    private static void Renew(Double own, Wire.Plan plan, bool when)
    {
        if (!when) return;
        plan.BaseSequence = (ulong)own.End.Newest;
        plan.Head.Sequence++;
    }
}
