namespace TrafficAI.Network;

/// <summary>A connection whose lanes are resolved, while its row and its light are being found.</summary>
/// <param name="LeavesInside">It begins on a lane inside a junction: the rest of a way, not a way of its own.</param>
/// <param name="HasRow">It is a way through the junction in the sense of its right-of-way matrix.</param>
internal sealed record Way(
    int Index, ConnectionRecord Record, int From, int To, int Via, int Junction, bool LeavesInside, bool IsCrossing, bool HasRow)
{
    public int Request { get; set; } = -1;

    public double LengthInsideMetres { get; set; }
}
