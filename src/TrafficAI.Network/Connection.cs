namespace TrafficAI.Network;

/// <summary>Which way a connection turns, as the network file says (its attribute <c>dir</c>).</summary>
public enum TurnDirection
{
    Straight,
    Left,
    Right,
    PartialLeft,
    PartialRight,
    UTurn,
}

/// <summary>One way from a lane to a lane through a junction.</summary>
/// <param name="Index">Position in <see cref="RoadNetwork.Connections"/>.</param>
/// <param name="FromLane">Index of the lane that it leaves.</param>
/// <param name="ToLane">Index of the lane that it enters.</param>
/// <param name="ViaLane">Index of the first lane inside the junction; −1 where the network has none.</param>
/// <param name="Junction">Index of the junction that it passes.</param>
/// <param name="Request">Its row in the right-of-way matrix of that junction; −1 where it has none.</param>
/// <param name="Signal">Index of the signalised intersection in <see cref="RoadNetwork.Intersections"/>; −1 without a light.</param>
/// <param name="SignalLink">Its letter in the states of that signal; −1 without a light.</param>
/// <param name="IsCrossing">It is a pedestrian crossing.</param>
/// <param name="LengthInsideMetres">Length of its way inside the junction (all lanes of it); 0 where the network has no internal lanes.</param>
/// <param name="State">Its right of way without a working light, the file's letter: <c>M</c> and <c>O</c> go first, the others yield.</param>
/// <param name="KeepsClear">Nobody enters the junction this way who could not leave it.</param>
public sealed record Connection(
    int Index,
    int FromLane,
    int ToLane,
    int ViaLane,
    TurnDirection Direction,
    int Junction,
    int Request,
    int Signal,
    int SignalLink,
    bool IsCrossing,
    double LengthInsideMetres,
    char State = 'M',
    bool KeepsClear = true);
