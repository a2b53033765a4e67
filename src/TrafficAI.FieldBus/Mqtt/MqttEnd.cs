namespace TrafficAI.FieldBus.Mqtt;

/// <summary>One end of a connection to a broker: what it hears, and what is done with it.</summary>
public sealed record MqttEnd
{
    public required MqttAddress Address { get; init; }

    /// <summary>Topics with their QoS, at every connect.</summary>
    public required IReadOnlyList<(string Topic, int Qos)> Subscriptions { get; init; }

    /// <summary>Called on the client's thread.</summary>
    public required MqttMessageHandler Received { get; init; }

    /// <summary>Called on the client's thread at every connect, when it has subscribed: what is published now goes out ahead of all else.</summary>
    public Action<IMqttClient> Connected { get; init; } = _ => { };

    /// <summary>What the broker says when the connection breaks: retained, QoS 1. Null for nothing.</summary>
    public (string Topic, byte[] Payload)? Will { get; init; }

    /// <summary>Messages that may be on their way to the broker; whoever sends one more waits.</summary>
    public int Window { get; init; } = 1024;

    /// <summary>Before the second try to connect; then twice as long, up to 30 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Called on the client's thread when there is no connection, with why in one line; once for each cause in a row.</summary>
    public Action<string> Trouble { get; init; } = _ => { };
}

/// <summary>What arrives; the payload is valid during the call only.</summary>
public delegate void MqttMessageHandler(string topic, ReadOnlySpan<byte> payload, int qos, bool retained);
