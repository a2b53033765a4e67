using System.Collections.Immutable;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Network;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>How a server takes part.</summary>
public sealed record MqttBusOptions
{
    public required MqttAddress Address { get; init; }

    /// <summary>Makes its connection; libmosquitto's where nothing else is said.</summary>
    public MqttConnector Client { get; init; } = MosquittoLibrary.Client;

    /// <summary>Every controller that it serves; others are unknown to it.</summary>
    public required ImmutableDictionary<IntersectionId, Credentials> Controllers { get; init; }

    /// <summary>Whether others serve the rest of the city: what their controllers say is not heard.</summary>
    public bool IsPart { get; init; }

    /// <summary>The epoch of its plans.</summary>
    public long Epoch { get; init; } = 1;

    /// <summary>From a frame to the first second on which a plan on it acts, as its decisions reckon.</summary>
    public int LatencySeconds { get; init; } = 1;

    /// <summary>What it knows of controllers from before its start; who is not in it is new.</summary>
    public ImmutableDictionary<IntersectionId, KnownController> Known { get; init; } = ImmutableDictionary<IntersectionId, KnownController>.Empty;

    /// <summary>Stamps receipts and tells when a plan is to be sent again; nothing is decided on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Messages that may be on their way to the broker; whoever sends one more waits.</summary>
    public int Window { get; init; } = 1024;

    /// <summary>Before the second try to connect; then twice as long, up to 30 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told in one line why there is no connection; once for each cause in a row, on the client's thread.</summary>
    public Action<string>? Trouble { get; init; }
}
