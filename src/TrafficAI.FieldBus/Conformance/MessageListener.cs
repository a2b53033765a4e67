using Google.Protobuf;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Reads each message as it comes: its topic, QoS, retain flag, grammar and boot; keeps it in the transcript.</summary>
internal sealed class MessageListener(Transcript transcript, Findings findings)
{
    private ulong boot;

    /// <returns>The message, or null when it keeps no grammar.</returns>
    public IMessage? Hear(Heard heard)
    {
        var isKnown = heard.Kind is { } known && !known.IsOrder();
        findings.Check("C-TOPIC-01", isKnown, isKnown ? "every one that was heard" : "it publishes on a topic that the contract does not have");
        if (heard.Kind is not { } kind || !isKnown) return null;
        var good = WireReader.TryRead(kind, heard.Payload, out var message, out var refusal);
        if (GrammarRuleOf(kind) is { } rule) findings.Check(rule, good, good ? "every one that was heard" : refusal!.Text);
        if (!good) return null;
        Judge(kind, message, heard);
        Keep(message, heard);
        return message;
    }

    private void Judge(MessageKind kind, IMessage message, Heard heard)
    {
        var qos = kind == MessageKind.Frame || message is Wire.Reply { Kind: Wire.OrderKind.Plan } ? 0 : 1;
        findings.Check("C-TOPIC-02", heard.Qos == qos, heard.Qos == qos ? "every one that was heard" : $"{kind.TopicEnd()} came with QoS {heard.Qos}, not {qos}");
        if (message is Wire.Presence { State: Wire.Presence.Types.State.Online } presence) boot = presence.Boot;
        if (BootOf(message) is { } named && boot != 0 && !heard.Retained)
            findings.Check("C-FRAME-12", named == boot, named == boot ? "every one that was heard" : $"{kind.TopicEnd()} bears boot {named:x16}, the presence {boot:x16}");
    }

    private void Keep(IMessage message, Heard heard)
    {
        switch (message)
        {
            case Wire.Frame frame: transcript.Add(frame, heard.At); break;
            case Wire.Presence presence: transcript.Presences.Add((presence, heard.At, transcript.Link)); break;
            case Wire.Configuration: transcript.Configurations.Add((heard.Payload, heard.At, transcript.Link)); break;
            case Wire.Alarm alarm: transcript.Alarms.Add((alarm, transcript.Link)); break;
            case Wire.PriorityRequest request: transcript.Requests.Add(request); break;
            case Wire.Backlog backlog: transcript.Add(backlog, heard.At); break;
            default: break;
        }
    }

    private static ulong? BootOf(IMessage message) => message switch
    {
        Wire.Frame frame => frame.Boot,
        Wire.Reply reply => reply.Boot,
        Wire.Alarm alarm => alarm.Boot,
        Wire.PriorityRequest request => request.Boot,
        _ => null,
    };

    private static string? GrammarRuleOf(MessageKind kind) => kind switch
    {
        MessageKind.Presence => "C-PRES-02",
        MessageKind.Configuration => "C-CONF-01",
        MessageKind.Frame => "C-FRAME-01",
        MessageKind.Reply => "C-REPLY-02",
        MessageKind.Alarm => "C-ALARM-04",
        MessageKind.PriorityRequest => "C-PRIO-05",
        MessageKind.Backlog => "C-BACK-07",
        _ => null,
    };
}
