using Google.Protobuf;
using TrafficAI.FieldBus.Wire;
using static TrafficAI.FieldBus.Tests.Vectors.Examples;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>All golden vectors, in the order of the index.</summary>
internal static class Vectors
{
    public static IReadOnlyList<Vector> All { get; } = [.. Good(), .. BadFrames(), .. BadMessages(), .. BadConfigurations(), .. BadOrders(), .. BadEnvelopes()];

    private static IEnumerable<Vector> Good() =>
    [
        Accepted("presence-online", MessageKind.Presence, "Published at connect, retained.", Presence()),
        Accepted("presence-later-minor", MessageKind.Presence, "A controller of a later minor version.", Presence().With(p => p.ContractMinor = 3)),
        Accepted("presence-offline", MessageKind.Presence, "The last will, deposited at connect.", Presence(Wire.Presence.Types.State.Offline)),
        Accepted("configuration", MessageKind.Configuration, "Two conflicting vehicle groups, a crossing with flashing green, two phases.", Configuration()),
        Accepted("configuration-more", MessageKind.Configuration, "A group that its own programme switches off at times, and a longest red.", Configuration().With(c => (c.Groups[2].OffAtTimes, c.MaximumRed) = (true, 120))),
        Accepted("configuration-all-red", MessageKind.Configuration, "A plan may lengthen all red by 4 s: since minor version 2.", Configuration().With(c => c.AllRedExtension = 4)),
        Accepted("frame-loops", MessageKind.Frame, "A second with loops: a valid 0, a loop without data, a broken one.", LoopFrame()),
        Accepted("frame-objects", MessageKind.Frame, "A second with tracked objects; a passage begins with flashing green.", ObjectFrame()),
        Accepted("frame-fault", MessageKind.Frame, "Flashing amber 3 s after a violation.", FaultFrame()),
        Raw("frame-unknown-field", MessageKind.Frame, Outcome.Accepted, "A later minor version adds field 200: no error.", LoopFrame(), [.. LoopFrame().ToByteArray(), 0xc0, 0x0c, 0x01]),
        Accepted("alarm", MessageKind.Alarm, "A detector has gone silent.", Alarm()),
        Accepted("priority-request", MessageKind.PriorityRequest, "A bus comes in 18 s.", PriorityRequest()),
        Accepted("priority-request-load", MessageKind.PriorityRequest, "A bus with 45 persons that is 2 min late: since minor version 1.", PriorityRequest().With(p => (p.Persons, p.LateSeconds) = (45, 120))),
        Accepted("priority-request-early", MessageKind.PriorityRequest, "An empty bus, half a minute early: 0 persons are said, not left out.", PriorityRequest().With(p => (p.Persons, p.LateSeconds) = (0, -30))),
        Accepted("reply-stale", MessageKind.Reply, "A plan came after a newer one.", Reply()),
        Accepted("reply-malformed", MessageKind.Reply, "An order could not be read: it has no name.", Reply().With(r => (r.Order, r.Outcome, r.Text) = (null, Outcome.Malformed, "no envelope"))),
        Accepted("backlog", MessageKind.Backlog, "Two seconds that could not be sent, and the end.", Backlog()),
        Accepted("plan", MessageKind.Plan, "F2 now, F1 in 21 s.", Plan()),
        Accepted("plan-without-entries", MessageKind.Plan, "Well formed; a controller that is up to date answers UNKNOWN_PHASE.", Plan().With(p => p.Entries.Clear())),
        Accepted("plan-all-red", MessageKind.Plan, "All red is to be lengthened for 9 s: since minor version 2.", Plan().With(p => p.AllRedUntil = 9)),
        Accepted("mode-off", MessageKind.Mode, "A person wants flashing amber for half an hour.", Mode()),
        Accepted("priority-answer", MessageKind.PriorityAnswer, "The request is being served.", PriorityAnswer()),
        Accepted("priority-answer-refusal", MessageKind.PriorityAnswer, "It is rejected, and why: since minor version 1.", PriorityAnswer().With(a => (a.State, a.Refusal) = (PriorityState.Rejected, PriorityRefusal.NotLate))),
        Accepted("time", MessageKind.Time, "The wall clock.", Time()),
    ];

    private static IEnumerable<Vector> BadFrames() =>
    [
        Malformed("frame-boot-0", MessageKind.Frame, "A boot is never 0.", LoopFrame().With(f => f.Boot = 0)),
        Malformed("frame-sequence-beyond", MessageKind.Frame, "No count reaches 2^62.", LoopFrame().With(f => f.Sequence = 1UL << 62)),
        Malformed("frame-second-beyond", MessageKind.Frame, "No street second reaches 2^37.", LoopFrame().With(f => f.Second = 1L << 37)),
        Malformed("frame-second-negative", MessageKind.Frame, "Street seconds count from 0.", LoopFrame().With(f => f.Second = -1)),
        Malformed("frame-mode-unspecified", MessageKind.Frame, "Somebody runs the lamps.", LoopFrame().With(f => f.Mode = Wire.ControlMode.Unspecified)),
        Malformed("frame-mode-unknown", MessageKind.Frame, "A later mode would need a later major version.", LoopFrame().With(f => f.Mode = (Wire.ControlMode)5)),
        Malformed("frame-phase-0", MessageKind.Frame, "Phases count from 1.", LoopFrame().With(f => f.Phase = 0)),
        Malformed("frame-not-begun", MessageKind.Frame, "Elapsed counts from 1.", LoopFrame().With(f => f.Elapsed = 0)),
        Malformed("frame-no-groups", MessageKind.Frame, "No lamps.", LoopFrame().With(f => { f.Lamps.Clear(); f.LampSeconds.Clear(); })),
        Malformed("frame-65-groups", MessageKind.Frame, "At most 64 groups.", LoopFrame().With(f => { f.Lamps.Add(Enumerable.Repeat(Lamp.Red, 62)); f.LampSeconds.Add(Enumerable.Repeat(1u, 62)); })),
        Malformed("frame-lamp-unspecified", MessageKind.Frame, "Every group shows something.", LoopFrame().With(f => f.Lamps[1] = Lamp.Unspecified)),
        Malformed("frame-lamp-unknown", MessageKind.Frame, "There is no eighth lamp.", LoopFrame().With(f => f.Lamps[1] = (Lamp)8)),
        Malformed("frame-lamp-seconds-missing", MessageKind.Frame, "One age per lamp.", LoopFrame().With(f => f.LampSeconds.RemoveAt(2))),
        Malformed("frame-lamp-not-begun", MessageKind.Frame, "Ages count from 1.", LoopFrame().With(f => f.LampSeconds[0] = 0)),
        Malformed("frame-validity-unspecified", MessageKind.Frame, "A bare 0 is no reading.", LoopFrame().With(f => f.Detectors[1].Validity = Validity.Unspecified)),
        Malformed("frame-occupancy-1001", MessageKind.Frame, "Occupancy is at most 1000 permille.", LoopFrame().With(f => f.Detectors[0].OccupancyPermille = 1001)),
        Malformed("frame-count-256", MessageKind.Frame, "At most 255 vehicles a second.", LoopFrame().With(f => f.Detectors[0].Count = 256)),
        Malformed("frame-actuation-elsewhere", MessageKind.Frame, "Of a detector that is not configured.", LoopFrame().With(f => f.Actuations[0].Detector = 4)),
        Malformed("frame-call-elsewhere", MessageKind.Frame, "Of a group that does not exist.", LoopFrame().With(f => f.Calls[0].Group = 4)),
        Malformed("frame-object-class", MessageKind.Frame, "A class that does not exist.", ObjectFrame().With(f => f.Objects[0].Class = (Wire.ObjectClass)7)),
        Malformed("frame-violation-to-come", MessageKind.Frame, "A violation lies in the past.", FaultFrame().With(f => f.Violation.SecondsAgo = 0)),
        Malformed("frame-violation-two-lines", MessageKind.Frame, "Texts are one line.", FaultFrame().With(f => f.Violation.Text = "one\ntwo")),
        Malformed("frame-clock-quality", MessageKind.Frame, "A clock says how good it is.", LoopFrame().With(f => f.Clock.Quality = ClockQuality.Unspecified)),
        Raw("frame-truncated", MessageKind.Frame, Outcome.Malformed, "The last byte is missing.", null, LoopFrame().ToByteArray()[..^1]),
        Raw("frame-varint-endless", MessageKind.Frame, Outcome.Malformed, "A number of eleven bytes.", null, [0x08, .. Enumerable.Repeat((byte)0xff, 10), 0x01]),
        Raw("frame-length-beyond", MessageKind.Frame, Outcome.Malformed, "A list longer than the message.", null, [0x4a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x01]),
        Raw("frame-text", MessageKind.Frame, Outcome.Malformed, "JSON instead of Protobuf.", null, "{\"boot\":1}"u8.ToArray()),
        Raw("frame-empty", MessageKind.Frame, Outcome.Malformed, "No bytes.", new Wire.Frame(), []),
    ];

    private static IEnumerable<Vector> BadMessages() =>
    [
        Malformed("presence-state-unspecified", MessageKind.Presence, "Online, shut down or offline.", Presence(Wire.Presence.Types.State.Unspecified)),
        Malformed("presence-checksum-short", MessageKind.Presence, "SHA-256 has 32 bytes.", Presence().With(p => p.Configuration = ByteString.CopyFrom(new byte[31]))),
        Malformed("alarm-kind-unspecified", MessageKind.Alarm, "An alarm has a kind.", Alarm().With(a => a.Kind = Wire.Alarm.Types.Kind.Unspecified)),
        Malformed("alarm-text-long", MessageKind.Alarm, "At most 200 bytes.", Alarm().With(a => a.Text = new('x', 201))),
        Malformed("priority-request-late", MessageKind.PriorityRequest, "More than an hour late.", PriorityRequest().With(p => p.LateSeconds = 3601)),
        Malformed("priority-request-early-beyond", MessageKind.PriorityRequest, "As early as a number can say.", PriorityRequest().With(p => p.LateSeconds = int.MinValue)),
        Malformed("priority-request-persons", MessageKind.PriorityRequest, "More than 500 persons in a bus.", PriorityRequest().With(p => p.Persons = 501)),
        Malformed("priority-request-group-0", MessageKind.PriorityRequest, "Groups count from 1.", PriorityRequest().With(p => p.Group = 0)),
        Malformed("reply-outcome-unspecified", MessageKind.Reply, "Accepted, or why not.", Reply().With(r => r.Outcome = Outcome.Unspecified)),
        Malformed("backlog-broken-frame", MessageKind.Backlog, "The second frame is none.", Backlog().With(b => b.Frames[1] = ByteString.CopyFrom(1, 2, 3))),
        Malformed("backlog-61-frames", MessageKind.Backlog, "At most 60.", new Backlog { Frames = { Enumerable.Repeat(LoopFrame().ToByteString(), 61) } }),
    ];

    private static IEnumerable<Vector> BadConfigurations() =>
    [
        Malformed("configuration-one-sided", MessageKind.Configuration, "Conflicts are symmetric.", Configuration().With(c => c.Conflicts[1] = Conflict.None)),
        Malformed("configuration-own-foe", MessageKind.Configuration, "Nobody conflicts with himself.", Configuration().With(c => c.Conflicts[0] = Conflict.Full)),
        Malformed("configuration-minimum-0", MessageKind.Configuration, "A green lasts at least a second.", Configuration().With(c => c.Groups[0].MinimumGreen = 0)),
        Malformed("configuration-intergreens-missing", MessageKind.Configuration, "Groups x groups.", Configuration().With(c => c.Intergreens.RemoveAt(8))),
        Malformed("configuration-passage-missing", MessageKind.Configuration, "Phases x phases.", Configuration().With(c => c.Passages.RemoveAt(3))),
        Malformed("configuration-plan-phase", MessageKind.Configuration, "The local plan names F3 of two.", Configuration().With(c => c.LocalPlan.Steps[1].Phase = 3)),
        Malformed("configuration-plan-falls", MessageKind.Configuration, "Steps rise within the cycle.", Configuration().With(c => c.LocalPlan.Steps[1].Start = 0)),
        Malformed("configuration-cycle-0", MessageKind.Configuration, "A cycle takes time.", Configuration().With(c => c.LocalPlan.CycleSeconds = 0)),
        Malformed("configuration-no-start", MessageKind.Configuration, "Nobody goes from flashing amber to green.", Configuration().With(c => c.Start = null)),
        Raw("configuration-65537-seconds", MessageKind.Configuration, Outcome.Malformed, "All sequences together last at most 65536 s.", null, Lasting(WireLimits.SequencesSeconds + 1).ToByteArray()),
        Malformed("configuration-all-red-11", MessageKind.Configuration, "All red is lengthened by 10 s at most.", Configuration().With(c => c.AllRedExtension = 11)),
        Malformed("configuration-lamps-missing", MessageKind.Configuration, "One lamp per group.", Configuration().With(c => c.Phases[0].Lamps.RemoveAt(2))),
    ];

    private static IEnumerable<Vector> BadOrders() =>
    [
        Malformed("plan-headless", MessageKind.Plan, "No head.", Plan().With(p => p.Head = null)),
        Malformed("plan-epoch-0", MessageKind.Plan, "Epochs count from 1.", Plan().With(p => p.Head.Epoch = 0)),
        Malformed("plan-sequence-0", MessageKind.Plan, "Sequences count from 1.", Plan().With(p => p.Head.Sequence = 0)),
        Malformed("plan-boot-0", MessageKind.Plan, "A boot is never 0.", Plan().With(p => p.Head.Boot = 0)),
        Malformed("plan-checksum-missing", MessageKind.Plan, "A plan says with which configuration it was decided.", Plan().With(p => p.Head.Configuration = ByteString.Empty)),
        Malformed("plan-lease-3601", MessageKind.Plan, "At most an hour.", Plan().With(p => p.LeaseSeconds = 3601)),
        Malformed("plan-all-red-3601", MessageKind.Plan, "All red is to be lengthened for an hour at most.", Plan().With(p => p.AllRedUntil = 3601)),
        Malformed("plan-33-entries", MessageKind.Plan, "At most 32.", Plan().With(p => p.Entries.Add(Enumerable.Repeat(p.Entries[1], 31)))),
        Malformed("plan-next-week", MessageKind.Plan, "No time is more than a day away.", Plan().With(p => p.Entries[1].Planned = 604_800)),
        Malformed("mode-without-reason", MessageKind.Mode, "A person says why.", Mode().With(m => m.Reason = "")),
        Malformed("mode-wish-unspecified", MessageKind.Mode, "A person says what.", Mode().With(m => m.Wish = ModeRequest.Types.Wish.Unspecified)),
        Malformed("priority-answer-refusal-8", MessageKind.PriorityAnswer, "A refusal that does not exist.", PriorityAnswer().With(a => (a.State, a.Refusal) = (PriorityState.Rejected, (PriorityRefusal)8))),
        Malformed("priority-answer-state", MessageKind.PriorityAnswer, "A state that does not exist.", PriorityAnswer().With(a => a.State = (PriorityState)8)),
        Malformed("time-negative", MessageKind.Time, "Before 1970.", Time().With(t => t.UnixMilliseconds = -1)),
    ];

    private static IEnumerable<Vector> BadEnvelopes()
    {
        var good = Envelope.Parser.ParseFrom(Seal.Close(Vector.Key, Vector.TopicOf(MessageKind.Plan), Plan().ToByteArray()));
        Vector Sealed(string name, Outcome outcome, string about, Action<Envelope> change) =>
            Raw(name, MessageKind.Plan, outcome, about, null, good.With(change).ToByteArray());
        return
        [
            Sealed("plan-changed-on-the-way", Outcome.Forged, "The lease is longer than when it was signed.", e => e.Body = Plan().With(p => p.LeaseSeconds = 60).ToByteString()),
            Sealed("plan-unsigned", Outcome.Malformed, "No signature.", e => e.Mac = ByteString.Empty),
            Sealed("plan-signature-cut", Outcome.Malformed, "Half a signature.", e => e.Mac = ByteString.CopyFrom(e.Mac.Span[..16])),
            Sealed("plan-other-key", Outcome.Forged, "Signed with the key of another controller.", e => e.Mac = MacOf(Seal.Close([.. Vector.Key.Reverse()], Vector.TopicOf(MessageKind.Plan), e.Body.Span))),
            Sealed("plan-for-another", Outcome.Forged, "Signed with this key for the topic of another intersection.", e => e.Mac = MacOf(Seal.Close(Vector.Key, Vector.TopicOf(MessageKind.Plan) with { Intersection = new("gogol-dostyk") }, e.Body.Span))),
            Sealed("plan-of-another-kind", Outcome.Forged, "Signed as a time order.", e => e.Mac = MacOf(Seal.Close(Vector.Key, Vector.TopicOf(MessageKind.Time), e.Body.Span))),
            Raw("plan-without-envelope", MessageKind.Plan, Outcome.Malformed, "An order where an envelope should be.", null, Plan().ToByteArray()),
            Raw("plan-noise-signed", MessageKind.Plan, Outcome.Malformed, "The signature is right, the body is noise.", null, Seal.Close(Vector.Key, Vector.TopicOf(MessageKind.Plan), [0xff, 0xff, 0xff])),
            Raw("plan-5000-bytes", MessageKind.Plan, Outcome.Malformed, "An order has at most 4096 bytes.", null, Seal.Close(Vector.Key, Vector.TopicOf(MessageKind.Plan), new byte[5_000])),
        ];
    }

    private static ByteString MacOf(byte[] envelope) => Envelope.Parser.ParseFrom(envelope).Mac;

    private static Vector Accepted(string name, MessageKind kind, string about, IMessage message) => Vector.Of(name, kind, Outcome.Accepted, about, message);

    private static Vector Malformed(string name, MessageKind kind, string about, IMessage message) => Vector.Of(name, kind, Outcome.Malformed, about, message);

    private static Vector Raw(string name, MessageKind kind, Outcome outcome, string about, IMessage? message, byte[] payload) =>
        new(name, kind, outcome, about, message, payload);
}
