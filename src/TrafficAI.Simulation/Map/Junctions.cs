using TrafficAI.Network;

namespace TrafficAI.Simulation.Map;

/// <summary>Finds for each link whom it must let go first, and for each lane inside a junction which others meet it.</summary>
/// <remarks>As SUMO 1.15 sets up its links (MSRightOfWayJunction, MSInternalJunction, MSLink.setRequestInformation).</remarks>
internal static class Junctions
{
    private const double NoMeeting = 10000;

    public static void Describe(StreetMap map)
    {
        var network = map.Network;
        var foes = new List<int>[map.Links.Length];
        var foeLanes = new List<int>[map.Links.Length];
        for (var i = 0; i < foes.Length; i++) (foes[i], foeLanes[i]) = ([], []);
        var ways = WaysByRow(network);
        foreach (var junction in network.Junctions) DescribeJunction(map, junction, ways[junction.Index], foes, foeLanes);
        foreach (var place in network.WaitingPlaces) DescribePlace(map, place, foes, foeLanes);
        for (var link = 0; link < map.Links.Length; link++)
        {
            map.Links[link].Foes = [.. foes[link]];
            foreach (var foe in foes[link]) map.Links[foe].IsWatched = true;
        }

        for (var link = 0; link < map.Links.Length; link++)
        {
            map.Links[link].Meetings = MeetingsOf(map, link, foeLanes[link]);
            var lanes = map.Links[link].MeetingLanes = [.. map.Links[link].Meetings.Select(meeting => meeting.Lane)];
            if (lanes.Length > 0) (map.Links[link].FirstMeetingLane, map.Links[link].MeetingLaneRange) = (lanes.Min(), lanes.Max() - lanes.Min() + 1);
            map.Links[link].CrossesWalkers = map.Links[link].Meetings.Any(meeting => meeting.IsCrossing);
        }
    }

    private static int[][] WaysByRow(RoadNetwork network)
    {
        var ways = network.Junctions.Select(junction => Enumerable.Repeat(StreetMap.None, junction.Rows.Length).ToArray()).ToArray();
        foreach (var link in network.Connections)
        {
            var fromInside = network.Edges[network.Lanes[link.FromLane].Edge].Function == EdgeFunction.Internal;
            if (link.Request >= 0 && !fromInside) ways[link.Junction][link.Request] = link.Index;
        }

        return ways;
    }

    private static void DescribeJunction(StreetMap map, Junction junction, int[] ways, List<int>[] foes, List<int>[] foeLanes)
    {
        var hasFoes = junction.Rows.Any(row => row.Foes.HasAnySet());
        for (var row = 0; row < ways.Length; row++)
        {
            var link = ways[row];
            if (link < 0) continue;
            map.Links[link].HasFoes = hasFoes;
            map.Links[link].WaitsInside = junction.Rows[row].WaitsInside;
            foes[link] = FoesOf(map, junction.Rows[row], ways);
            if (map.Links[link].HasVia && !map.Links[link].WaitsInside)
                AddInside(map, link, row, LanesMet(map, junction, junction.Rows[row]), foeLanes);
        }
    }

    /// <summary>Marks the link behind the lane inside as the end of that way.</summary>
    private static void AddInside(StreetMap map, int link, int row, List<int> met, List<int>[] foeLanes)
    {
        if (map.LinksFrom(map.Links[link].Next) is not [var exit, ..]) return;
        map.Links[exit].Row = row;
        foeLanes[exit] = met;
    }

    private static List<int> FoesOf(StreetMap map, RightOfWay rights, int[] ways)
    {
        var foes = new List<int>();
        for (var other = 0; other < ways.Length; other++)
        {
            if (!rights.Response[other] || ways[other] < 0) continue;
            foes.Add(ways[other]);
            if (PlaceExitOf(map, ways[other]) is >= 0 and var exit) foes.Add(exit);
        }

        return foes;
    }

    private static int PlaceExitOf(StreetMap map, int entry) =>
        map.Links[entry].HasVia && map.LinksFrom(map.Links[entry].Next) is [var exit, ..] && map.Links[exit].HasVia ? exit : StreetMap.None;

    private static List<int> LanesMet(StreetMap map, Junction junction, RightOfWay rights)
    {
        var lanes = new List<int>();
        for (var other = 0; other < junction.RowLanes.Length; other++)
        {
            if (!rights.Foes[other]) continue;
            var lane = junction.RowLanes[other];
            lanes.Add(lane);
            if (rights.Response[other] && map.Before(lane) is >= 0 and var before && map.Lanes[before].IsInside && map.Lanes[lane].IsInside) lanes.Add(before);
        }

        return lanes;
    }

    private static void DescribePlace(StreetMap map, WaitingPlace place, List<int>[] foes, List<int>[] foeLanes)
    {
        if (map.LinksFrom(place.Lane) is not [var exit, ..] || !map.Links[exit].HasVia) return;
        var entry = map.EntryOf(place.Lane);
        if (entry < 0) return;
        var rights = map.Network.Junctions[map.Links[entry].Junction].Rows;
        var row = map.Links[entry].Row;
        if (row < 0 || row >= rights.Length) return;
        var met = new List<int>();
        foreach (var lane in place.Crossed)
        {
            if (map.LinksFrom(lane) is not [var behind, ..]) continue;
            var other = map.Links[map.EntryOf(lane) is >= 0 and var e ? e : behind].Row;
            if (!map.Links[behind].HasVia || (other >= 0 && rights[row].Response[other])) met.Add(lane);
            if (map.Links[behind].HasVia) met.Add(map.Links[behind].Next);
        }

        foreach (var lane in place.Incoming)
        {
            foreach (var link in map.LinksFrom(lane))
                if (map.Links[link].HasVia && place.Crossed.Contains(map.Links[link].Next)) foes[exit].Add(link);
        }

        map.Links[exit].Row = row;
        map.Links[exit].HasFoes = true;
        map.Links[exit].AfterPlace = entry;
        foeLanes[exit] = met;
        AddInside(map, exit, row, met, foeLanes);
    }

    private static Meeting[] MeetingsOf(StreetMap map, int exit, List<int> foeLanes)
    {
        ref readonly var link = ref map.Links[exit];
        if (!link.FromInside || link.OnFoot) return [];
        var own = link.From;
        var meetings = new List<Meeting>();
        foreach (var foe in foeLanes.Where(foe => foe != own)) meetings.Add(Meet(map, exit, own, foe, sameSource: map.Before(foe) == map.Before(own)));
        foreach (var sibling in map.LinksFrom(map.Before(own)))
        {
            ref readonly var way = ref map.Links[sibling];
            if (!way.HasVia || way.Next == own || way.OnFoot) continue;
            if (LaneMeeting.PartAtOnce(map.Network.Lanes[own], map.Network.Lanes[way.Next])) continue;
            meetings.RemoveAll(meeting => meeting.Lane == map.Links[sibling].Next);
            meetings.Add(Meet(map, exit, own, map.Links[sibling].Next, sameSource: true));
        }

        return [.. meetings];
    }

    private static Meeting Meet(StreetMap map, int exit, int own, int foe, bool sameSource)
    {
        var isCrossing = map.Network.Edges[map.Lanes[foe].Edge].Function == EdgeFunction.Crossing;
        ref readonly var link = ref map.Links[exit];
        var foeExit = map.LinksFrom(foe) is [var first, ..] ? first : exit;
        ref readonly var foeLink = ref map.Links[foeExit];
        var merges = !isCrossing && link.To == foeLink.To && !link.IsPlaceExit && !foeLink.IsPlaceExit;
        var afterPlace = map.Before(own) is >= 0 and var before && map.Lanes[before].IsInside;
        var (lane, foeLane) = (map.Network.Lanes[own], map.Network.Lanes[foe]);
        var behind = LaneMeeting.Find(lane, foeLane, merges, sameSource);
        var entry = map.EntryOf(own);
        var foeEntry = isCrossing ? StreetMap.None : map.EntryOf(foe);
        var (row, foeRow) = (map.Links[entry].Row, foeEntry >= 0 ? map.Links[foeEntry].Row : -1);
        var rows = map.Network.Junctions[map.Links[entry].Junction].Rows;
        return new()
        {
            Lane = foe,
            Exit = foeExit,
            Behind = afterPlace && !isCrossing && !sameSource && !merges && behind < NoMeeting ? map.Lanes[own].Length : behind,
            FoeBehind = LaneMeeting.Find(foeLane, lane, merges, sameSource),
            Size = foeLane.WidthMetres,
            FoeSize = lane.WidthMetres,
            SameTarget = merges,
            SameSource = sameSource,
            FoeBeforePlace = !isCrossing && foeLink.IsPlaceExit,
            FoeMayWait = !isCrossing && foeLink.IsPlaceExit && !link.IsPlaceExit && !afterPlace,
            Entry = entry,
            FoeEntry = foeEntry,
            SameOrigin = !isCrossing && map.OrdinaryBefore(foe) == map.OrdinaryBefore(own),
            Yields = row >= 0 && foeRow >= 0 && rows[row].Response[foeRow],
            FoeYields = row >= 0 && foeRow >= 0 && rows[foeRow].Response[row],
            IsCrossing = isCrossing,
        };
    }
}
