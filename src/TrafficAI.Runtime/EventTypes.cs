using System.Collections.Frozen;
using TrafficAI.EventLog;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Network;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Runtime;

/// <summary>Every type of event that a log may hold: how it is read, and how it is written. A type that ever was stays here for ever.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<string, Codec> Codecs = new Dictionary<string, Codec>(StringComparer.Ordinal)
    {
        [RunHeader.EventType] = Codec.Of(RunHeader.Decode, header => header.Encode()),
        [ServerStarted.EventType] = Json<ServerStarted>(),
        [RunEnded.EventType] = Codec.Of(RunEnded.Decode, ended => ended.Encode()),
        [SiteRecord.NetworkEventType] = Codec.Of(bytes => bytes, bytes => bytes),
        [SiteRecord.SignalsEventType] = Codec.Of(bytes => bytes, bytes => bytes),
        [SiteRecord.PlansEventType] = Codec.Of(bytes => bytes, bytes => bytes),
        [StreamDigested.EventType] = Codec.Of(Digest, digest => digest.Encode()),
        [FrameCodec.EventType] = Input(FrameCodec.EventType),
        [FrameCodec.ViolationType] = Input(FrameCodec.ViolationType),
        [ForecastCodec.EventType] = Input(ForecastCodec.EventType),
        [ForecastCodec.ExpectedType] = Input(ForecastCodec.ExpectedType),
        [ForecastCodec.LoadedType] = Input(ForecastCodec.LoadedType),
        [InputCodec.MissedType] = Input(InputCodec.MissedType),
        [InputCodec.EndedType] = Input(InputCodec.EndedType),
        [BacklogCodec.EventType] = Input(BacklogCodec.EventType),
        [PriorityCodec.EventType] = Input(PriorityCodec.EventType),
        [OperatorCodec.EventType] = Input(OperatorCodec.EventType),
        [InputCodec.HeldType] = Input(InputCodec.HeldType),
        [InputCodec.ResumedType] = Input(InputCodec.ResumedType),
        [IntersectionEvent.PhaseDecided] = Json<PhaseDecided>(),
        [IntersectionEvent.LampsChanged] = Json<LampsChanged>(),
        [IntersectionEvent.ModeChanged] = Json<ModeChanged>(),
        [IntersectionEvent.ViolationFound] = Json<ViolationFound>(),
        [IntersectionEvent.StrategyFailed] = Json<StrategyFailed>(),
        [IntersectionEvent.DetectorHealthChanged] = Json<DetectorHealthChanged>(),
        [IntersectionEvent.ControlLevelChanged] = Json<ControlLevelChanged>(),
        [IntersectionEvent.IncidentFound] = Json<IncidentFound>(),
        [IntersectionEvent.IncidentEnded] = Json<IncidentEnded>(),
        [IntersectionEvent.GateHeld] = Json<GateHeld>(),
        [IntersectionEvent.GateOpened] = Json<GateOpened>(),
        [IntersectionEvent.ParametersLearned] = Json<ParametersLearned>(),
        [IntersectionEvent.PriorityAnswered] = Json<PriorityAnswered>(),
        [IntersectionEvent.OverrideBegun] = Json<OverrideBegun>(),
        [IntersectionEvent.OverrideEnded] = Json<OverrideEnded>(),
        [IntersectionEvent.InputRefused] = Json<InputRefused>(),
        [IntersectionEvent.DecisionsDigested] = Json<DecisionsDigested>(),
        [IntersectionEvent.DecisionsDigestedFromFirst] = Json<DecisionsDigested>(),
        [ControlUsed.EventType] = Json<ControlUsed>(),
        [SessionEvents.ControllerCame] = Json<ControllerCame>(),
        [SessionEvents.ControllerLeft] = Json<ControllerLeft>(),
        [SessionEvents.BootBegun] = Json<BootBegun>(),
        [SessionEvents.FramesSkipped] = Json<FramesSkipped>(),
        [SessionEvents.MessagesCounted] = Json<MessagesCounted>(),
        [SessionEvents.MessageRefused] = Json<MessageRefused>(),
        [SessionEvents.QuarantineBegun] = Json<QuarantineBegun>(),
        [SessionEvents.QuarantineEnded] = Json<QuarantineEnded>(),
        [SessionEvents.PlanRefused] = Json<PlanRefused>(),
        [SessionEvents.ClockShifted] = Json<ClockShifted>(),
        [SessionEvents.AlarmReported] = Json<AlarmReported>(),
        [SessionEvents.LatencyDiffered] = Json<LatencyDiffered>(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => Codecs.Keys.Order(StringComparer.Ordinal);

    /// <summary>What an event says.</summary>
    /// <exception cref="RecordException">The type is unknown to this build, or the payload is damaged.</exception>
    public static object Decode(RecordedEvent @event) => Of(@event.Type).Decode(new(@event.Stream), @event.Payload);

    /// <summary>The payload of an event that says so.</summary>
    /// <param name="said">As <see cref="Decode"/> gives it for this type.</param>
    /// <exception cref="RecordException">The type is unknown to this build.</exception>
    public static ReadOnlyMemory<byte> Encode(string type, object said) => Of(type).Encode(said);

    private static Codec Of(string type) =>
        Codecs.GetValueOrDefault(type) ?? throw new RecordException($"type '{type}' is unknown to this build. Use a newer one.");

    private static Codec Json<T>()
        where T : class => Codec.Of(EventJson.Decode<T>, said => EventJson.Encode(said));

    // The intersection is the stream's.
    private static Codec Input(string type) =>
        new((intersection, bytes) => InputCodec.Decode(intersection, type, bytes), said => InputCodec.Encode((IntersectionInput)said).Payload);

    private static StreamDigested Digest(ReadOnlyMemory<byte> bytes) =>
        StreamDigested.Decode(bytes) ?? throw new RecordException("the digest that stands here cannot be read: edited");

    private sealed record Codec(Func<IntersectionId, ReadOnlyMemory<byte>, object> Decode, Func<object, ReadOnlyMemory<byte>> Encode)
    {
        public static Codec Of<T>(Func<ReadOnlyMemory<byte>, T> decode, Func<T, ReadOnlyMemory<byte>> encode)
            where T : notnull => new((_, bytes) => decode(bytes), said => encode((T)said));
    }
}
