using TrafficAI.Network;

namespace TrafficAI.Simulation.Map;

/// <summary>What a step needs of a lane.</summary>
internal struct LaneFacts
{
    /// <summary>Metres.</summary>
    public double Length;

    /// <summary>Limit, m/s.</summary>
    public double Speed;

    public int Edge;

    /// <summary>Number within its edge, 0 the outermost.</summary>
    public int Position;

    public VehicleClasses Allowed;

    /// <summary>Inside a junction.</summary>
    public bool IsInside;

    /// <summary>Of a lane inside: the link at its end; −1 without.</summary>
    public int Exit;

    /// <summary>Its edge ends where the network ends.</summary>
    public bool IsFringe;
}
