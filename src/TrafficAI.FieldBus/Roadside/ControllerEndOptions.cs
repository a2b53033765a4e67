namespace TrafficAI.FieldBus;

/// <summary>What a controller's end of the contract is given at a start.</summary>
public sealed record ControllerEndOptions
{
    /// <summary>As in the topics.</summary>
    public required string City { get; init; }

    /// <summary>Its own key; 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }

    public required Wire.Configuration Configuration { get; init; }

    /// <summary>Another one at every start; not 0.</summary>
    public required ulong Boot { get; init; }

    public required IEpochStore Epochs { get; init; }

    public string Firmware { get; init; } = "trafficai virtual controller";

    /// <summary>Frames that it keeps through an outage; the contract asks for 600 at least.</summary>
    public int BacklogFrames { get; init; } = 900;

    /// <summary>Milliseconds since 1970 UTC, for logs only.</summary>
    public Func<long> WallClock { get; init; } = () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>How far it says that its clock can be believed.</summary>
    public Wire.ClockQuality ClockQuality { get; init; } = Wire.ClockQuality.Free;
}
