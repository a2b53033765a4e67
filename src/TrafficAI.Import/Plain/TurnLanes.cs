using System.Collections.Immutable;

namespace TrafficAI.Import.Plain;

/// <summary>Gives each lane before a light its ways: the left lane of three or more, and a pocket, are for turns to the left alone; turns to the right
/// share the kerb lane.</summary>
internal static class TurnLanes
{
    /// <summary>Who turns by no more goes straight on.</summary>
    public const double StraightDegrees = 35;

    /// <summary>Who turns by more turns back; nobody may at a light.</summary>
    public const double UTurnDegrees = 150;

    /// <param name="Heading">In which direction it meets the node, or leaves it, degrees.</param>
    /// <param name="HasPocket">Its leftmost lane is a pocket.</param>
    public readonly record struct Arm(PlainEdge Edge, double Heading, bool HasPocket);

    /// <summary>The ways of all lanes that end at a node.</summary>
    public static ImmutableArray<PlainConnection> Assign(IReadOnlyList<Arm> ins, IReadOnlyList<Arm> outs) =>
        [.. ins.SelectMany(arm => arm.Edge.Bus == BusUse.Alone ? OfBuses(arm, outs) : OfAll(arm, ins, outs))];

    private static IEnumerable<PlainConnection> OfBuses(Arm arm, IReadOnlyList<Arm> outs)
    {
        var ahead = outs.Where(exit => Math.Abs(Turn(arm, exit)) <= StraightDegrees)
            .OrderByDescending(exit => exit.Edge.Bus == BusUse.Alone).ThenBy(exit => Math.Abs(Turn(arm, exit))).Take(1).ToList();
        if (ahead.Count == 0) ahead.AddRange(outs.Where(exit => exit.Edge.Bus != BusUse.Alone && Math.Abs(Turn(arm, exit)) < UTurnDegrees));
        return ahead.Select(exit => new PlainConnection(arm.Edge.Id, exit.Edge.Id, 0, 0));
    }

    private static IEnumerable<PlainConnection> OfAll(Arm arm, IReadOnlyList<Arm> ins, IReadOnlyList<Arm> outs)
    {
        var exits = outs.Where(exit => Math.Abs(Turn(arm, exit)) < UTurnDegrees).ToList();
        var open = exits.Where(exit => exit.Edge.Bus != BusUse.Alone).ToList();
        var right = open.Where(exit => Turn(arm, exit) < -StraightDegrees).OrderBy(exit => Turn(arm, exit)).ToList();
        var left = open.Where(exit => Turn(arm, exit) > StraightDegrees).OrderBy(exit => Turn(arm, exit)).ToList();
        var ahead = open.Except(right).Except(left).OrderBy(exit => Math.Abs(Turn(arm, exit))).ToList();
        foreach (var way in Ways(arm, right, ahead, left)) yield return way;
        foreach (var exit in exits.Except(open).Where(exit => !ins.Any(other => other.Edge.Bus == BusUse.Alone && Math.Abs(Turn(other, exit)) <= StraightDegrees)))
            yield return new(arm.Edge.Id, exit.Edge.Id, Turn(arm, exit) > StraightDegrees ? arm.Edge.Lanes - 1 : 0, 0);
    }

    private static IEnumerable<PlainConnection> Ways(Arm arm, List<Arm> right, List<Arm> ahead, List<Arm> left)
    {
        var lanes = arm.Edge.Lanes;
        var room = ahead.Count > 0 ? ahead[0].Edge.Lanes : 0;
        var ownLeft = OwnLeftLanes(arm, right.Count > 0, ahead.Count > 0, left.Count > 0);
        if (left.Count > 0 && room > 0 && ownLeft > 0) ownLeft = Math.Max(ownLeft, Math.Min(lanes - room - (right.Count > 0 ? 1 : 0), left[0].Edge.Lanes));
        var ownRight = ahead.Count > 0 ? (right.Count > 0 && lanes - ownLeft > Math.Max(room, 1) ? 1 : 0) : lanes - ownLeft;
        for (var lane = ownRight; ahead.Count > 0 && lane < lanes - ownLeft; lane++)
            yield return new(arm.Edge.Id, ahead[0].Edge.Id, lane, Math.Min(lane - ownRight, room - 1));
        foreach (var exit in ahead.Skip(1)) yield return new(arm.Edge.Id, exit.Edge.Id, Turn(arm, exit) < Turn(arm, ahead[0]) ? 0 : lanes - ownLeft - 1, FirstLane(exit));
        foreach (var exit in right)
            for (var lane = 0; lane < (ahead.Count > 0 ? 1 : Math.Clamp(ownRight, 1, exit.Edge.Lanes - FirstLane(exit))); lane++)
                yield return new(arm.Edge.Id, exit.Edge.Id, lane, FirstLane(exit) + lane);
        foreach (var exit in left)
            for (var lane = 0; lane < Math.Clamp(ownLeft, 1, exit.Edge.Lanes - FirstLane(exit)); lane++)
                yield return new(arm.Edge.Id, exit.Edge.Id, lanes - 1 - lane, exit.Edge.Lanes - 1 - lane);
    }

    private static int OwnLeftLanes(Arm arm, bool right, bool ahead, bool left) => (left, ahead, right) switch
    {
        (false, _, _) => 0,
        (_, true, _) => arm.Edge.Lanes >= 3 || arm.HasPocket ? 1 : 0,
        (_, _, true) => arm.Edge.Lanes / 2,
        _ => arm.Edge.Lanes,
    };

    /// <summary>Where there is a lane for buses at the kerb, others turn into the next one.</summary>
    private static int FirstLane(Arm exit) => exit.Edge.Bus == BusUse.KerbLane ? 1 : 0;

    private static double Turn(Arm from, Arm to) => Plane.Turn(from.Heading, to.Heading);
}
