using System.Collections.Frozen;
using System.Collections.Immutable;
using Google.Protobuf;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>A server's sessions with all its controllers. All members may be called from several threads at once; what controllers send is
/// taken on one.</summary>
/// <param name="deliver">Gives a frame to whoever listens; false when nobody does.</param>
/// <param name="send">Sends an order.</param>
internal sealed class ServerSessions(MqttBusOptions options, Func<Frame, bool> deliver, Action<Topic, byte[]> send)
{
    private const long FreshMilliseconds = 5_000;

    private readonly FrozenDictionary<IntersectionId, ControllerSession> sessions = options.Controllers.ToFrozenDictionary(
        c => c.Key, c => new ControllerSession(c.Key, c.Value, options.Known.GetValueOrDefault(c.Key, KnownController.None), options.Epoch, options.LatencySeconds));

    /// <summary>A controller has come (true) or gone.</summary>
    public event Action<IntersectionId, bool>? Presence;

    /// <summary>Something is worth recording.</summary>
    public event Action<IntersectionId, SessionNote>? Noted;

    /// <summary>From now on nothing may be planned for a controller, for a reason; or it may again: null.</summary>
    public event Action<IntersectionId, string?>? HoldChanged;

    /// <summary>The frames of an outage have come, oldest first.</summary>
    public event Action<IntersectionId, ImmutableArray<Frame>>? BacklogCame;

    /// <summary>A controller reports that a vehicle asks for priority, or no more.</summary>
    public event Action<IntersectionId, PriorityRequest>? PriorityAsked;

    private Instant Now => new(options.Time.GetUtcNow().ToUnixTimeMilliseconds());

    public bool IsOnline(IntersectionId intersection) => sessions.TryGetValue(intersection, out var session) && With(session, s => s.IsOnline);

    /// <summary>Takes a message of a controller that is known.</summary>
    public Refusal? Take(Topic topic, ReadOnlySpan<byte> payload)
    {
        if (!WireReader.TryRead(topic.Kind, payload, out var message, out var refusal)) return refusal;
        return message switch
        {
            Wire.Presence presence => TakePresence(topic.Intersection, presence),
            Wire.Frame frame => TakeFrame(topic.Intersection, frame),
            Wire.Backlog backlog => TakeBacklog(topic.Intersection, backlog),
            Wire.Reply reply => Take(topic.Intersection, session => session.Hear(reply, Now)),
            Wire.PriorityRequest request => TakePriority(topic.Intersection, request),
            Wire.Alarm alarm => Take(topic.Intersection, session => session.Hear(alarm, Now)),
            _ => new(Wire.Outcome.NotSupported, $"topic '{topic}' brings nothing that is heard here"),
        };
    }

    /// <summary>A message was refused.</summary>
    public void Refuse(Topic topic, Refusal refusal) => Change(topic.Intersection, session => session.Refuse(topic.Kind, refusal, Now));

    /// <summary>Makes the order that carries a plan, sealed.</summary>
    /// <returns>Null while nothing may be sent.</returns>
    public (Topic Topic, byte[] Payload)? Order(PhasePlan plan)
    {
        if (!sessions.TryGetValue(plan.Intersection, out var session)) return null;
        var topic = PlanTopic(plan.Intersection);
        lock (session)
        {
            if (session.Order(plan) is not { } order) return null;
            var payload = Seal.Close(options.Controllers[plan.Intersection].Key.Span, topic, order.ToByteArray());
            session.Sends(order, payload, Now);
            return (topic, payload);
        }
    }

    /// <summary>Makes the order that carries an answer to a priority request, sealed.</summary>
    /// <returns>Null while nothing may be sent, or the boot that asked has gone.</returns>
    public (Topic Topic, byte[] Payload)? Order(IntersectionId id, PriorityAnswer answer) =>
        sessions.TryGetValue(id, out var session) && With(session, s => s.Order(answer)) is { } order ? Sealed(id, MessageKind.PriorityAnswer, order) : null;

    /// <summary>Makes the order that carries what an operator wants, sealed.</summary>
    /// <returns>Null while nothing may be sent.</returns>
    public (Topic Topic, byte[] Payload)? Order(IntersectionId id, ModeOrder order) =>
        sessions.TryGetValue(id, out var session) && With(session, s => s.Order(order)) is { } made ? Sealed(id, MessageKind.Mode, made) : null;

    /// <summary>A plan that was recovered is the answer when the frame that it is on comes again.</summary>
    public void Recover(PhasePlan plan)
    {
        if (sessions.TryGetValue(plan.Intersection, out var session)) With(session, s => s.Recover(plan));
    }

    /// <summary>Time passes: what is still without a reply is sent again, and clocks are set.</summary>
    public void Pass()
    {
        foreach (var (id, session) in sessions)
        {
            if (With(session, s => s.Pass(Now)) is { } again) send(PlanTopic(id), again);
            if (With(session, s => s.OrderTime(Now)) is not { } order) continue;
            var (topic, payload) = Sealed(id, MessageKind.Time, order);
            send(topic, payload);
        }
    }

    private static T With<T>(ControllerSession session, Func<ControllerSession, T> act)
    {
        lock (session) return act(session);
    }

    private static void With(ControllerSession session, Action<ControllerSession> act)
    {
        lock (session) act(session);
    }

    private (Topic Topic, byte[] Payload) Sealed(IntersectionId id, MessageKind kind, IMessage order)
    {
        var topic = new Topic(options.Address.City, id, kind);
        return (topic, Seal.Close(options.Controllers[id].Key.Span, topic, order.ToByteArray()));
    }

    private Topic PlanTopic(IntersectionId id) => new(options.Address.City, id, MessageKind.Plan);

    private Refusal? TakePresence(IntersectionId id, Wire.Presence message)
    {
        var before = IsOnline(id);
        Change(id, session => session.Hear(message, Now));
        if (IsOnline(id) != before) Presence?.Invoke(id, !before);
        return null;
    }

    private Refusal? TakeFrame(IntersectionId id, Wire.Frame message)
    {
        Frame? frame = null;
        Refusal? refusal = null;
        Change(id, session => session.TryHear(message, Now, () => StreetSecond(id), out frame, out refusal));
        if (refusal is not null) return refusal;
        if (frame is null) Repeat(id, message.Sequence);
        else if (deliver(frame)) Change(id, session => session.Delivered(message, Now));
        return null;
    }

    /// <summary>The second at which the other controllers that are heard stand in the middle; null where none is.</summary>
    private long? StreetSecond(IntersectionId but)
    {
        var now = Now.Milliseconds;
        long[] seconds = [.. sessions.Where(s => s.Key != but && now - s.Value.Heard.Milliseconds < FreshMilliseconds).Select(s => s.Value.LastSecond).OfType<long>().Order()];
        return seconds.Length == 0 ? null : seconds[seconds.Length / 2];
    }

    private void Repeat(IntersectionId id, ulong sequence)
    {
        var (again, recovered) = With(sessions[id], session => (session.Repeat(sequence), session.Recovered(sequence)));
        if (again is not null) send(PlanTopic(id), again);
        else if (recovered is not null && Order(recovered) is var (topic, payload)) send(topic, payload);
    }

    private Refusal? TakePriority(IntersectionId id, Wire.PriorityRequest message)
    {
        PriorityRequest? request = null;
        Refusal? refusal = null;
        Change(id, session => request = session.Hear(message, out refusal));
        if (request is { } asked) PriorityAsked?.Invoke(id, asked);
        return refusal;
    }

    private Refusal? TakeBacklog(IntersectionId id, Wire.Backlog message)
    {
        var frames = ImmutableArray<Frame>.Empty;
        Refusal? refusal = null;
        Change(id, session => frames = session.Hear(message, out refusal));
        if (!frames.IsEmpty) BacklogCame?.Invoke(id, frames);
        return refusal;
    }

    private Refusal? Take(IntersectionId id, Action<ControllerSession> act)
    {
        Change(id, act);
        return null;
    }

    /// <summary>Acts on a session, and tells what came of it.</summary>
    private void Change(IntersectionId id, Action<ControllerSession> act)
    {
        var session = sessions[id];
        ImmutableArray<SessionNote> notes;
        string? before, after;
        lock (session)
        {
            before = session.Hold;
            act(session);
            (notes, after) = (session.TakeNotes(), session.Hold);
        }

        foreach (var note in notes) Noted?.Invoke(id, note);
        if (after != before) HoldChanged?.Invoke(id, after);
    }
}
