using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Derives the signals of an intersection from its connections, foes and programme.</summary>
public static class SignalsBuilder
{
    /// <exception cref="SignalsException">The programme cannot be used; the message says where, what and what next.</exception>
    public static IntersectionSignals Build(RoadNetwork network, Intersection intersection, ControlClass controlClass) => throw new NotSupportedException();
}

/// <summary>A programme or signal file that cannot be used. The message is one line.</summary>
public sealed class SignalsException(string message) : Exception(message);
