namespace TrafficAI.FieldBus.Mqtt;

/// <summary>One connection to a broker, kept up for ever: it connects again after a pause and subscribes anew, with a clean session. What is on its way when it
/// breaks is lost.</summary>
/// <remarks>All members may be called from several threads at once. Disposing it ends it: what was sent still goes out, if the broker takes it within 5 s.</remarks>
public interface IMqttClient : IDisposable
{
    /// <summary>The connection has come about (true) or broken. Raised on the client's thread.</summary>
    event Action<bool>? LinkChanged;

    bool IsUp { get; }

    /// <summary>How often a connection came about.</summary>
    long Connections { get; }

    /// <summary>Begins to connect. To be called once.</summary>
    void Start();

    /// <summary>Waits for the first connection.</summary>
    /// <exception cref="FieldBusException">The broker and this end do not trust each other, or it refuses us: no further try would mend that.</exception>
    Task ReadyAsync(CancellationToken cancel);

    /// <summary>Sends, or waits while too much is on its way already.</summary>
    /// <returns>False when the message is lost: there is no connection, or it broke meanwhile.</returns>
    ValueTask<bool> PublishAsync(string topic, byte[] payload, int qos, bool retain, CancellationToken cancel);

    /// <summary>Sends at once, past the window: for the client's own thread.</summary>
    /// <returns>False when the message is lost: there is no connection.</returns>
    bool PublishNow(string topic, byte[] payload, int qos, bool retain);

    /// <summary>Sends a retained message with QoS 1 and waits until the broker has it, and all before it: for the end.</summary>
    /// <returns>False when there is no connection, or the broker did not confirm in time.</returns>
    Task<bool> PublishLastAsync(string topic, byte[] payload, TimeSpan patience);
}

/// <summary>Makes a client that does nothing until it is started, so that whoever made it can listen first.</summary>
/// <exception cref="FieldBusException">A certificate or a key cannot be used, or the library is not there.</exception>
public delegate IMqttClient MqttConnector(MqttEnd end);
