using System.Collections.Immutable;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Network;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>How a bus takes part.</summary>
public sealed record MqttBusOptions
{
    public required MqttAddress Address { get; init; }

    /// <summary>Every controller that it serves or speaks for; others are unknown to it.</summary>
    public required ImmutableDictionary<IntersectionId, Credentials> Controllers { get; init; }

    /// <summary>It hears frames and sends plans.</summary>
    public bool Serves { get; init; }

    /// <summary>Of a server: the epoch of its plans.</summary>
    public long Epoch { get; init; } = 1;

    /// <summary>Of a server: from a frame to the first second on which a plan on it acts, as its decisions reckon.</summary>
    public int LatencySeconds { get; init; } = 1;

    /// <summary>Of a server: what it knows of controllers from before its start; who is not in it is new.</summary>
    public ImmutableDictionary<IntersectionId, KnownController> Known { get; init; } = ImmutableDictionary<IntersectionId, KnownController>.Empty;

    /// <summary>Stamps receipts and tells when a plan is to be sent again; nothing is decided on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>It speaks for the controllers: sends frames, hears plans, and says that they are there. The last will tells the absence of
    /// the only one; a broker takes one will per connection.</summary>
    public bool SpeaksForControllers { get; init; }

    /// <summary>Messages that may be on their way to the broker; whoever sends one more waits.</summary>
    public int Window { get; init; } = 1024;

    /// <summary>Before the second try to connect; then twice as long, up to 30 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told in one line why there is no connection; once for each cause in a row, on the client's thread.</summary>
    public Action<string>? Trouble { get; init; }
}
