namespace TrafficAI.FieldBus;

/// <summary>What a message of the field contract is; the topic ends with its word.</summary>
public enum MessageKind
{
    Presence,
    Configuration,
    Frame,
    Alarm,
    PriorityRequest,
    Reply,
    Backlog,
    Plan,
    Mode,
    PriorityAnswer,
    Time,
}

/// <summary>Words of the topics.</summary>
public static class MessageKinds
{
    private static readonly string[] Ends =
    [
        "up/presence", "up/configuration", "up/frame", "up/alarm", "up/priority", "up/reply", "up/backlog",
        "down/plan", "down/mode", "down/priority", "down/time",
    ];

    /// <summary>From a server to a controller: sealed.</summary>
    public static bool IsOrder(this MessageKind kind) => kind >= MessageKind.Plan;

    /// <summary>The end of the topic: <c>up/frame</c>.</summary>
    public static string TopicEnd(this MessageKind kind) => Ends[(int)kind];

    public static bool TryRead(string direction, string word, out MessageKind kind)
    {
        var index = Array.IndexOf(Ends, $"{direction}/{word}");
        kind = (MessageKind)Math.Max(0, index);
        return index >= 0;
    }
}
