using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Collections;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Signals;
using Outcome = TrafficAI.FieldBus.Wire.Outcome;

namespace TrafficAI.FieldBus.Tests.Conformance;

/// <summary>Ways to break a controller: what it says, what it makes of orders, what it runs by.</summary>
internal static class Spoils
{
    public static Mutant Says(Func<Double, Said, Said> change) => new() { Says = (own, said) => [change(own, said)] };

    /// <summary>Some messages are never sent.</summary>
    public static Mutant Silent(Func<Said, bool> about, long after = 0) =>
        new() { Says = (own, said) => own.Controller.Second > after && about(said) ? [] : [said] };

    public static Mutant Change<T>(MessageKind kind, Action<T> change)
        where T : class, IMessage<T>, new() => Says((_, said) => Changed(said, kind, change));

    public static Mutant Presence(Action<Wire.Presence> change) => Change(MessageKind.Presence, change);

    public static Mutant Configuration(Action<Wire.Configuration> change) => Change(MessageKind.Configuration, change);

    public static Mutant Backlogs(Action<Wire.Backlog> change) => Change(MessageKind.Backlog, change);

    public static Mutant Reply(Action<Wire.Reply> change) => Change(MessageKind.Reply, change);

    /// <summary>Frames as they are published, and as they are kept for a backlog.</summary>
    public static Mutant Frames(Action<Wire.Frame> change, Func<Wire.Frame, bool>? when = null)
    {
        return Says((_, said) => Changed<Wire.Backlog>(Changed<Wire.Frame>(said, MessageKind.Frame, ChangeSome), MessageKind.Backlog, backlog => InBacklog(backlog, ChangeSome)));

        void ChangeSome(Wire.Frame frame)
        {
            if (when?.Invoke(frame) ?? true) change(frame);
        }
    }

    public static Mutant Lamps(Func<Wire.Lamp, Wire.Lamp> change) => Frames(frame =>
    {
        for (var group = 0; group < frame.Lamps.Count; group++) frame.Lamps[group] = change(frame.Lamps[group]);
    });

    public static Mutant BacklogFrames(Action<Double, Wire.Frame> change) =>
        Says((own, said) => Changed<Wire.Backlog>(said, MessageKind.Backlog, backlog => InBacklog(backlog, frame => change(own, frame))));

    /// <summary>It answers another word than what it does.</summary>
    public static Mutant Answers(Outcome instead, Outcome word, Wire.OrderKind kind) =>
        Reply(reply => reply.Outcome = reply.Kind == kind && reply.Outcome == instead ? word : reply.Outcome);

    /// <summary>It answers so to certain bytes.</summary>
    public static Mutant AnswersTo(Func<Double, MessageKind, byte[], bool> when, Outcome word) => new()
    {
        Takes = (own, kind, payload, _) =>
        {
            if (!when(own, kind, payload)) return false;
            own.Answer(kind, null, word);
            return true;
        },
    };

    /// <summary>It refuses certain plans.</summary>
    public static Mutant Refuses(Func<Double, Wire.Plan, bool> which, Outcome word) => new()
    {
        Takes = (own, kind, payload, _) =>
        {
            if (Order<Wire.Plan>(kind, payload) is not { Head: not null } plan || !which(own, plan)) return false;
            own.Answer(kind, plan.Head, word);
            return true;
        },
    };

    /// <summary>It reads orders as others than they are.</summary>
    public static Mutant Orders<T>(Action<Double, T> change)
        where T : class, IMessage<T>, new() => new()
        {
            Takes = (own, kind, payload, retained) =>
            {
                if (Order<T>(kind, payload) is not { } order || order is Wire.Plan { Head: null }) return false;
                change(own, order);
                own.Obey(kind, Seal.Close(Vector.Key, Double.TopicOf(kind), order.ToByteArray()), retained);
                return true;
            },
        };

    public static Mutant Orders<T>(Action<T> change)
        where T : class, IMessage<T>, new() => Orders<T>((_, order) => change(order));

    /// <summary>It takes envelopes that are signed for another topic.</summary>
    public static Mutant Trusts(Func<byte[], Topic, ByteString?> open) => new()
    {
        Takes = (own, kind, payload, _) =>
        {
            if (open(payload, Double.TopicOf(kind)) is not { } body) return false;
            own.Obey(kind, Seal.Close(Vector.Key, Double.TopicOf(kind), body.Span));
            return true;
        },
    };

    /// <summary>The body of an envelope, whoever has signed it.</summary>
    public static ByteString? AnyBody(byte[] payload)
    {
        try
        {
            return Wire.Envelope.Parser.ParseFrom(payload) is { Mac.Length: 32 } envelope ? envelope.Body : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>An order that is signed well and of the type, grammar or not; else null.</summary>
    public static T? Order<T>(MessageKind kind, byte[] payload)
        where T : class, IMessage<T>, new()
    {
        if (kind != KindOf(typeof(T)) || Seal.Open(Vector.Key, Double.TopicOf(kind), payload, out _) is not { } body) return null;
        try
        {
            var order = new T();
            order.MergeFrom(body);
            return order;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    public static T? Read<T>(Said said, MessageKind kind)
        where T : class, IMessage<T>, new()
    {
        if (said.Kind != kind) return null;
        var message = new T();
        message.MergeFrom(said.Payload);
        return message;
    }

    public static void Each<T>(RepeatedField<T> all, Action<T> change)
    {
        foreach (var one in all) change(one);
    }

    /// <summary>Greens as short as the device can make them.</summary>
    public static IntersectionSignals WithoutMinima(IntersectionSignals signals) => signals with
    {
        Groups = [.. signals.Groups.Select(group => group with { MinimumGreenSeconds = 1 })],
        Phases = [.. signals.Phases.Select(phase => phase with { MinimumSeconds = 1 })],
    };

    /// <summary>The last second of each amber is red.</summary>
    public static IntersectionSignals ShortAmber(IntersectionSignals signals) => WithPassages(
        signals with { Groups = [.. signals.Groups.Select(group => group with { AmberSeconds = Math.Max(0, group.AmberSeconds - 1), RedAfterSeconds = 0 })] },
        seconds => [.. seconds.Select((image, at) => image with { Lamps = [.. image.Lamps.Select((lamp, group) => lamp == Lamp.Amber && (at + 1 == seconds.Length || seconds[at + 1].Lamps[group] != Lamp.Amber) ? Lamp.Red : lamp)] })]);

    /// <summary>No seconds in which all are red.</summary>
    public static IntersectionSignals ShortIntergreens(IntersectionSignals signals) => WithPassages(
        signals with { IntergreenSeconds = [.. signals.IntergreenSeconds.Select(_ => 0)] },
        seconds => [.. seconds.Where(image => image.Lamps.Any(lamp => lamp is not (Lamp.Red or Lamp.RedAmber)))]);

    /// <summary>Each passage takes a second more.</summary>
    public static IntersectionSignals LongPassages(IntersectionSignals signals) =>
        WithPassages(signals, seconds => seconds.IsEmpty ? seconds : seconds.Add(seconds[^1]));

    /// <summary>Start and closing take a second more.</summary>
    public static IntersectionSignals LongStart(IntersectionSignals signals) =>
        signals with { IntergreenSeconds = signals.IntergreenSeconds.SetItem(0, signals.IntergreenSeconds.Max() + 1) };

    /// <summary>The local plan stays in its first phase.</summary>
    public static IntersectionSignals LonePlan(IntersectionSignals signals) =>
        signals with { LocalPlan = signals.LocalPlan with { Steps = [signals.LocalPlan.Steps[0]] } };

    private static IntersectionSignals WithPassages(IntersectionSignals signals, Func<ImmutableArray<LampImage>, ImmutableArray<LampImage>> change) =>
        signals with { Interphases = [.. signals.Interphases.Select(passage => passage with { Seconds = change(passage.Seconds) })] };

    private static MessageKind? KindOf(Type order) =>
        order == typeof(Wire.Plan) ? MessageKind.Plan : order == typeof(Wire.ModeRequest) ? MessageKind.Mode : order == typeof(Wire.TimeOrder) ? MessageKind.Time
        : order == typeof(Wire.PriorityAnswer) ? MessageKind.PriorityAnswer : null;

    private static Said Changed<T>(Said said, MessageKind kind, Action<T> change)
        where T : class, IMessage<T>, new()
    {
        if (Read<T>(said, kind) is not { } message) return said;
        change(message);
        return said with { Payload = message.ToByteArray() };
    }

    private static void InBacklog(Wire.Backlog backlog, Action<Wire.Frame> change)
    {
        for (var i = 0; i < backlog.Frames.Count; i++)
        {
            var frame = Wire.Frame.Parser.ParseFrom(backlog.Frames[i]);
            change(frame);
            backlog.Frames[i] = frame.ToByteString();
        }
    }
}
