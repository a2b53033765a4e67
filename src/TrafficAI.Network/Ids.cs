namespace TrafficAI.Network;

/// <summary>A signalised intersection: SUMO's <c>tlLogic</c> id, or the name that the signal file gives.</summary>
public readonly record struct IntersectionId(string Value) : IComparable<IntersectionId>
{
    public int CompareTo(IntersectionId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>A directed road between two junctions, as the network file names it.</summary>
public readonly record struct EdgeId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One lane of an edge, as the network file names it: edge, underscore, number from the outside.</summary>
public readonly record struct LaneId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A junction, as the network file names it.</summary>
public readonly record struct JunctionId(string Value)
{
    public override string ToString() => Value;
}
