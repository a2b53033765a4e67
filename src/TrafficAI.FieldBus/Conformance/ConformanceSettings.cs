using TrafficAI.Network;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>What the kit is told of the controller.</summary>
public sealed record ConformanceSettings
{
    /// <summary>As in the topics.</summary>
    public required string City { get; init; }

    public required IntersectionId Intersection { get; init; }

    /// <summary>Its own key; 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>What it was given to run by.</summary>
    public required Wire.Configuration Configuration { get; init; }

    /// <summary>How long a street second takes; null when it waits for somebody.</summary>
    public TimeSpan? Second { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Street seconds of the long outage; from 620 on the room of the backlog is tested too.</summary>
    public int OutageSeconds { get; init; } = 75;

    /// <summary>The controller has fallen silent when nothing has come for so long.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);
}
