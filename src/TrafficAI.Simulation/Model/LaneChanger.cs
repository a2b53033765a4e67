using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Lets the vehicles of one edge after another change lanes, the foremost first; a change takes no time. Of other edges only
/// what stood before all changes is read.</summary>
/// <remarks>SUMO 1.15, MSLaneChanger.</remarks>
internal sealed class LaneChanger
{
    private const double UpstreamMetres = 100;

    private readonly StreetState street;
    private readonly StreetMap map;
    private readonly LaneWish wish;
    private readonly int[][] done;
    private readonly int[] doneCount;
    private readonly int[] next;
    private readonly double[] head;
    private readonly int[] lastBlocked;
    private readonly int[] firstBlocked;
    private readonly double[] density;
    private int[] changed = new int[16];

    public LaneChanger(StreetState street)
    {
        (this.street, map) = (street, street.Map);
        var widest = map.Network.Edges.Max(edge => edge.Lanes.Length);
        wish = new(street, this);
        done = [.. Enumerable.Range(0, widest).Select(_ => new int[16])];
        (doneCount, next, lastBlocked, firstBlocked) = (new int[widest], new int[widest], new int[widest], new int[widest]);
        (head, density) = (new double[widest], new double[widest]);
    }

    /// <summary>Edges on which somebody has changed.</summary>
    public ReadOnlySpan<int> Changed => changed.AsSpan(0, ChangedCount);

    private int ChangedCount { get; set; }

    public void Begin() => ChangedCount = 0;

    /// <summary>Room taken by those on the lane who have decided already, metres.</summary>
    public double Density(int position) => density[position];

    public void ChangeOn(int edge)
    {
        var lanes = map.Network.Edges[edge].Lanes.AsSpan();
        Prepare(lanes);
        var hasChanged = false;
        for (var at = Foremost(lanes); at >= 0; at = Foremost(lanes))
        {
            var slot = street.On(lanes[at])[next[at]++];
            FindHead(lanes, at);
            var to = Decide(lanes, at, slot);
            hasChanged |= to != at;
            AddTo(to, slot);
        }

        if (!hasChanged) return;
        for (var at = 0; at < lanes.Length; at++)
        {
            done[at].AsSpan(0, doneCount[at]).CopyTo(street.RoomOn(lanes[at]));
            street.LaneCount[lanes[at]] = doneCount[at];
        }

        if (ChangedCount == changed.Length) Array.Resize(ref changed, 2 * ChangedCount);
        changed[ChangedCount++] = edge;
    }

    private void Prepare(ReadOnlySpan<int> lanes)
    {
        for (var at = 0; at < lanes.Length; at++)
        {
            (doneCount[at], next[at], lastBlocked[at], firstBlocked[at], density[at]) = (0, 0, -1, -1, 0);
            FindHead(lanes, at);
        }
    }

    /// <summary>The position of the next one of a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FindHead(ReadOnlySpan<int> lanes, int at)
    {
        var slots = street.On(lanes[at]);
        head[at] = next[at] < slots.Length ? street.Cars[slots[next[at]]].Position : double.NegativeInfinity;
        if (next[at] < slots.Length) Ahead.Fetch(in street.Routes.At(street.Cars[slots[next[at]]].Prospects, at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Foremost(ReadOnlySpan<int> lanes)
    {
        var (best, position) = (-1, double.NegativeInfinity);
        for (var at = 0; at < lanes.Length; at++) if (head[at] > position) (best, position) = (at, head[at]);
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddTo(int at, int slot)
    {
        if (doneCount[at] == done[at].Length) Array.Resize(ref done[at], 2 * doneCount[at]);
        done[at][doneCount[at]++] = slot;
        density[at] += street.Kinds[street.Cars[slot].Kind].Room;
    }

    /// <returns>Number of the lane on which it is from now on.</returns>
    private int Decide(ReadOnlySpan<int> lanes, int at, int slot)
    {
        ref var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        if (car.HasChanged || car.IsStopped) return at;
        var mayRight = at > 0 && (map.Lanes[lanes[at - 1]].Allowed & kind.Class) != 0 && !IsTooFull(lanes[at - 1], at - 1);
        var mayLeft = at + 1 < lanes.Length && (map.Lanes[lanes[at + 1]].Allowed & kind.Class) != 0 && !IsTooFull(lanes[at + 1], at + 1);
        if (!mayRight && !mayLeft) return at;
        var right = Wish.None;
        if (mayRight)
        {
            right = Consider(lanes, at, -1, slot);
            if ((right & Wish.Right) != 0 && (right & Wish.Blocked) == 0) return Change(slot, lanes, at - 1);
            NoteBlocked(right, Wish.Right, at - 1, slot);
        }

        var left = Wish.None;
        if (mayLeft)
        {
            left = Consider(lanes, at, 1, slot);
            if ((left & Wish.Left) != 0 && (left & Wish.Blocked) == 0) return Change(slot, lanes, at + 1);
            NoteBlocked(left, Wish.Left, at + 1, slot);
        }

        if ((right & Wish.Urgent) != 0 && (left & Wish.Urgent) != 0) left = Wish.None;
        if ((right & Wish.Unseen) != 0 && (left & Wish.Wanted) != 0 && IsBeside(lanes[at - 1], at - 1, car, kind)) right = Wish.None;
        if ((left & Wish.Unseen) != 0 && (right & Wish.Wanted) != 0 && IsBeside(lanes[at + 1], at + 1, car, kind)) left = Wish.None;
        street.Changings[slot].State = (right | left) & ~Wish.Unseen;
        return at;
    }

    /// <summary>Somebody on the lane beside is so near that there is no gap.</summary>
    private bool IsBeside(int lane, int at, in Car car, in Kind kind) => Leader(lane, at, car, kind) is { Exists: true, Gap: < 0 };

    /// <summary>Its list has no room left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsTooFull(int lane, int at) =>
        doneCount[at] + street.LaneCount[lane] - next[at] >= street.RoomOn(lane).Length;

    private void NoteBlocked(Wish state, Wish direction, int at, int slot)
    {
        if ((state & direction) == 0 || (state & Wish.Urgent) == 0) return;
        lastBlocked[at] = slot;
        if (firstBlocked[at] < 0) firstBlocked[at] = slot;
    }

    private int Change(int slot, ReadOnlySpan<int> lanes, int to)
    {
        ref var car = ref street.Cars[slot];
        ref var changing = ref street.Changings[slot];
        (car.Lane, car.HasChanged) = (lanes[to], true);
        (changing.State, changing.SpeedGain, changing.KeepRight, changing.LookAheadSpeed, changing.AdviceCount) = (Wish.None, 0, 0, 0, 0);
        street.Orient(ref car, ref changing);
        if (street.Routes.At(car.Prospects, to).Offset == 0) (changing.BlockerLength, changing.LeftSpace) = (0, 0);
        return to;
    }

    private Wish Consider(ReadOnlySpan<int> lanes, int at, int direction, int slot)
    {
        ref readonly var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        var beside = at + direction;
        var isAsked = lastBlocked[at] >= 0 || firstBlocked[at] >= 0;
        if (!isAsked && wish.Stays(direction, car, kind, ref street.Changings[slot])) return Wish.Stay | Wish.Strategic | Wish.Unseen;
        var leader = Leader(lanes[at], at, car, kind);
        var ahead = Leader(lanes[beside], beside, car, kind);
        if (ahead is { Exists: true, Gap: < 0 } && !isAsked && wish.MayIgnore(slot, direction, at, leader)) return Wish.None;
        return wish.Ask(slot, direction, leader, ahead, at, lastBlocked[at], firstBlocked[at]);
    }

    /// <summary>Who is behind on the lane beside, and whether the two there leave room.</summary>
    public (Neighbour Behind, Wish Blocked) FindRoom(int slot, int direction, Neighbour ahead, int lane, int at)
    {
        ref readonly var car = ref street.Cars[slot];
        var behind = Follower(lane, at, car);
        return (behind, Blocked(direction, car, street.Kinds[car.Kind], ahead, behind));
    }

    private Wish Blocked(int direction, in Car car, in Kind kind, Neighbour ahead, Neighbour behind)
    {
        var byLeader = direction < 0 ? Wish.BlockedByRightLeader : Wish.BlockedByLeftLeader;
        var byFollower = direction < 0 ? Wish.BlockedByRightFollower : Wish.BlockedByLeftFollower;
        var blocked = Wish.None;
        if (behind.Exists)
        {
            ref readonly var other = ref street.Cars[behind.Slot];
            ref readonly var otherKind = ref street.Kinds[other.Kind];
            if (behind.Gap < 0) blocked |= byFollower | Wish.Overlapping;
            else if (!CarFollowing.IsSecure(otherKind, behind.Gap, other.Speed, car.Speed, kind.Deceleration, kind.Caution, street.Dt)) blocked |= byFollower;
        }

        if (ahead.Exists)
        {
            ref readonly var other = ref street.Cars[ahead.Slot];
            if (ahead.Gap < 0) blocked |= byLeader | Wish.Overlapping;
            else if (!CarFollowing.IsSecure(kind, ahead.Gap, car.Speed, other.Speed, street.Kinds[other.Kind].Deceleration, kind.Caution, street.Dt)) blocked |= byLeader;
        }

        return blocked;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Neighbour Leader(int lane, int at, in Car car, in Kind kind)
    {
        if (doneCount[at] > 0)
        {
            var ahead = done[at][doneCount[at] - 1];
            return new(ahead, street.Cars[ahead].Back - car.Position - kind.MinGap);
        }

        var lapping = street.Lapping[lane];
        if (lapping >= 0) return new(lapping, street.BackOn(street.Cars[lapping], lane) - car.Position - kind.MinGap);
        var mayWait = !street.HaveStops && car.Speed < LaneWish.CongestedSpeed && map.Lanes[lane].Length - car.Position > kind.MinGap + street.LongestVehicle;
        return mayWait ? Neighbour.Farther : LookFarther(lane, car, kind);
    }

    /// <summary>Whom it would follow on a lane, also beyond its end.</summary>
    public Neighbour Found(Neighbour known, int lane, in Car car, in Kind kind) => known.IsFarther ? LookFarther(lane, car, kind) : known;

    private Neighbour LookFarther(int lane, in Car car, in Kind kind)
    {
        var seen = map.Lanes[lane].Length - car.Position;
        var horizon = CarFollowing.BrakeGap(car.Speed, kind.Deceleration, kind.Tau, street.Dt) + kind.MinGap;
        return seen > horizon ? Neighbour.Nobody : LeaderBeyond(lane, car, kind, seen, horizon);
    }

    private Neighbour LeaderBeyond(int lane, in Car car, in Kind kind, double seen, double horizon)
    {
        var place = car.Prospects;
        do
        {
            var link = street.LinkAt(lane, place);
            if (link < 0) return Neighbour.Nobody;
            var arrival = seen / double.MaxNative(car.Speed, CarFollowing.Tiny);
            var passage = new RightOfWay.Passage(
                car.Vehicle, arrival, car.Speed, car.Speed, kind.Length, street.Impatience(car, kind), kind.Deceleration, 0, kind.TimeGapMinor);
            if (!RightOfWay.IsOpen(street, link, passage, ignoresRed: false)) return Neighbour.Nobody;
            lane = map.Links[link].Next;
            if (!map.Links[link].HasVia) place = street.Routes.Next(place);
            var last = street.Last[lane];
            if (last >= 0) return new(last, seen + street.BackOn(street.Cars[last], lane) - kind.MinGap);
            seen += map.Lanes[lane].Length;
        }
        while (seen <= horizon || map.Lanes[lane].IsInside);
        return Neighbour.Nobody;
    }

    private Neighbour Follower(int lane, int at, in Car car)
    {
        if (next[at] < street.LaneCount[lane])
        {
            var behind = street.On(lane)[next[at]];
            ref readonly var other = ref street.Cars[behind];
            return new(behind, car.Back - other.Position - street.Kinds[other.Kind].MinGap);
        }

        return car.Back > UpstreamMetres ? Neighbour.Nobody : FollowerUpstream(lane, car.Back);
    }

    /// <summary>The nearest one on the lanes that lead here with priority.</summary>
    private Neighbour FollowerUpstream(int lane, double back)
    {
        var nearest = Neighbour.Nobody;
        foreach (ref readonly var way in map.InflowsOf(lane))
        {
            if (!way.FromInside && !street.HasPriority(way.Link)) continue;
            var first = street.First[way.From];
            Neighbour found;
            if (first >= 0)
            {
                ref readonly var other = ref street.Cars[first];
                found = new(first, back + way.FromMetres - other.Position - street.Kinds[other.Kind].MinGap);
            }
            else
            {
                var farther = back + way.FromMetres;
                found = farther > UpstreamMetres ? Neighbour.Nobody : FollowerUpstream(way.From, farther);
            }

            if (found.Exists && (!nearest.Exists || found.Gap < nearest.Gap)) nearest = found;
        }

        return nearest;
    }
}
