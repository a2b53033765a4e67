namespace TrafficAI.Measures.EventLists;

/// <summary>A line of a high-resolution event list.</summary>
/// <param name="Milliseconds">Since 1970-01-01T00:00Z.</param>
/// <param name="Device">The intersection.</param>
/// <param name="Code">One of <see cref="EventCodes"/>, or any other; 0 to 65535.</param>
/// <param name="Parameter">Phase, channel or number; 0 to 65535.</param>
public readonly record struct HighResolutionEvent(long Milliseconds, string Device, int Code, int Parameter);

/// <summary>What a detector channel of a list is for.</summary>
public enum ChannelFunction
{
    /// <summary>Somebody is before the stop line.</summary>
    Presence,

    /// <summary>Each pulse is a vehicle over the stop line.</summary>
    Count,

    /// <summary>Each pulse is a vehicle on its way to the stop line.</summary>
    Advance,

    /// <summary>Just behind the junction.</summary>
    Exit,
}

/// <summary>A detector channel of a list.</summary>
/// <param name="Phases">Phases that let its lane go; empty for an exit.</param>
/// <param name="Lane">Channels of one lane bear the same name.</param>
/// <param name="TravelMilliseconds">From an advance detector to the stop line at the speed limit; 0 for others.</param>
/// <param name="LengthMetres">Of the detector along the lane; below 6 it is short.</param>
public sealed record EventChannel(
    string Device, int Channel, ChannelFunction Function, System.Collections.Immutable.ImmutableArray<int> Phases, string Lane, int TravelMilliseconds, double LengthMetres);
