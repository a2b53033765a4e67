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
    private readonly QuietEdges quiet;
    private readonly LaneCursor[] cursors;
    private readonly int[][] done;
    private int[] changed = new int[16];
    private bool looksAhead;

    public LaneChanger(StreetState street)
    {
        (this.street, map) = (street, street.Map);
        var widest = map.Network.Edges.Max(edge => edge.Lanes.Length);
        wish = new(street, this);
        quiet = new(street, wish);
        cursors = new LaneCursor[widest];
        done = [.. Enumerable.Range(0, widest).Select(_ => new int[16])];
    }

    /// <summary>Edges on which somebody has changed.</summary>
    public ReadOnlySpan<int> Changed => changed.AsSpan(0, ChangedCount);

    private int ChangedCount { get; set; }

    public void Begin() => (ChangedCount, looksAhead) = (0, street.IsLarge);

    /// <summary>Room taken by those on the lane who have decided already, metres.</summary>
    public double Density(int position) => cursors[position].Density;

    /// <param name="first">Its outermost lane.</param>
    /// <param name="lanes">How many it has.</param>
    public void ChangeOn(int edge, int first, int lanes)
    {
        if (quiet.TrySettle(edge, first, lanes)) return;
        var asked = cursors.AsSpan(0, lanes);
        Prepare(asked, first);
        var hasChanged = false;
        for (var at = Foremost(asked); at >= 0; at = Foremost(asked))
        {
            ref var own = ref asked[at];
            var slot = own.Slot;
            own.Next++;
            FindHead(ref own, at);
            ref var car = ref street.Cars[slot];
            ref readonly var kind = ref street.Kinds[car.Kind];
            var to = car.IsStopped ? at : Decide(asked, first, at, slot, ref car, kind);
            if (to != at && !hasChanged)
            {
                BeginLists(first, lanes, at);
                hasChanged = true;
            }

            if (hasChanged) Write(to, asked[to].Done, slot);
            asked[to].Take(slot, kind.Room);
        }

        if (hasChanged) TakeLists(edge, first, lanes);
    }

    private void Prepare(Span<LaneCursor> asked, int first)
    {
        for (var at = 0; at < asked.Length; at++)
        {
            ref var own = ref asked[at];
            own.Begin(street.FirstPlace(first + at), street.LaneCount[first + at], street.PlacesOf(first + at), map.Lanes[first + at].Allowed);
            FindHead(ref own, at);
        }
    }

    /// <summary>The position of the next one of a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FindHead(ref LaneCursor cursor, int at)
    {
        cursor.Head = double.NegativeInfinity;
        if (cursor.Next >= cursor.Count) return;
        var slot = cursor.Slot = street.SlotAt(cursor.First + cursor.Next);
        ref readonly var car = ref street.Cars[slot];
        cursor.Head = car.Position;
        if (looksAhead) Ahead.Fetch(in street.Routes.At(car.Prospects, at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Foremost(ReadOnlySpan<LaneCursor> asked)
    {
        var (best, position) = (-1, double.NegativeInfinity);
        for (var at = 0; at < asked.Length; at++)
        {
            var head = asked[at].Head;
            if (head > position) (best, position) = (at, head);
        }

        return best;
    }

    /// <summary>As long as nobody has changed, those who have been asked are the first of their lanes; from then on they are written down.</summary>
    private void BeginLists(int first, int lanes, int changing)
    {
        for (var at = 0; at < lanes; at++)
        {
            var asked = street.On(first + at)[..(cursors[at].Next - (at == changing ? 1 : 0))];
            if (done[at].Length < asked.Length) Array.Resize(ref done[at], 2 * asked.Length);
            asked.CopyTo(done[at]);
        }
    }

    private void TakeLists(int edge, int first, int lanes)
    {
        for (var at = 0; at < lanes; at++)
        {
            done[at].AsSpan(0, cursors[at].Done).CopyTo(street.RoomOn(first + at));
            street.LaneCount[first + at] = cursors[at].Done;
        }

        if (ChangedCount == changed.Length) Array.Resize(ref changed, 2 * ChangedCount);
        changed[ChangedCount++] = edge;
    }

    private void Write(int at, int place, int slot)
    {
        if (place == done[at].Length) Array.Resize(ref done[at], 2 * place);
        done[at][place] = slot;
    }

    /// <returns>Number of the lane on which it is from now on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Decide(Span<LaneCursor> asked, int first, int at, int slot, ref Car car, in Kind kind)
    {
        var mayRight = at > 0 && asked[at - 1].MayTake(kind.Class);
        var mayLeft = at + 1 < asked.Length && asked[at + 1].MayTake(kind.Class);
        if (!mayRight && !mayLeft) return at;
        ref var changing = ref street.Changings[slot];
        var right = Wish.None;
        if (mayRight)
        {
            right = Consider(asked[at].LastBlocked < 0, at, -1, slot, ref car, kind, ref changing);
            if ((right & Wish.Right) != 0 && (right & Wish.Blocked) == 0) return Change(ref car, ref changing, first, at - 1);
            if ((right & Wish.Right) != 0 && (right & Wish.Urgent) != 0) asked[at - 1].NoteBlocked(slot);
        }

        var left = Wish.None;
        if (mayLeft)
        {
            left = Consider(asked[at].LastBlocked < 0, at, 1, slot, ref car, kind, ref changing);
            if ((left & Wish.Left) != 0 && (left & Wish.Blocked) == 0) return Change(ref car, ref changing, first, at + 1);
            if ((left & Wish.Left) != 0 && (left & Wish.Urgent) != 0) asked[at + 1].NoteBlocked(slot);
        }

        changing.State = mayRight && mayLeft ? Both(right, left, first, at, car, kind) : (right | left) & ~Wish.Unseen;
        return at;
    }

    /// <summary>What it wants of two lanes, neither of which it takes.</summary>
    private Wish Both(Wish right, Wish left, int first, int at, in Car car, in Kind kind)
    {
        if ((right & Wish.Urgent) != 0 && (left & Wish.Urgent) != 0) left = Wish.None;
        if ((right & Wish.Unseen) != 0 && (left & Wish.Wanted) != 0 && IsBeside(first + at - 1, at - 1, car, kind)) right = Wish.None;
        if ((left & Wish.Unseen) != 0 && (right & Wish.Wanted) != 0 && IsBeside(first + at + 1, at + 1, car, kind)) left = Wish.None;
        return (right | left) & ~Wish.Unseen;
    }

    /// <summary>Somebody on the lane beside is so near that there is no gap.</summary>
    private bool IsBeside(int lane, int at, in Car car, in Kind kind) => Leader(lane, at, car, kind) is { Exists: true, Gap: < 0 };

    private int Change(ref Car car, ref Changing changing, int first, int to)
    {
        car.Lane = first + to;
        (changing.State, changing.SpeedGain, changing.KeepRight, changing.LookAheadSpeed, changing.AdviceCount) = (Wish.None, 0, 0, 0, 0);
        street.Orient(ref car, ref changing);
        if (street.Routes.At(car.Prospects, to).Offset == 0) (changing.BlockerLength, changing.LeftSpace) = (0, 0);
        return to;
    }

    /// <param name="isFree">Nobody wants onto its own lane at once and cannot.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wish Consider(bool isFree, int at, int direction, int slot, ref Car car, in Kind kind, ref Changing changing)
    {
        var stays = isFree && wish.Stays(direction, car, kind, changing, ref changing.LookAheadSpeed);
        return stays ? Wish.Stay | Wish.Strategic | Wish.Unseen : Look(at, direction, slot, ref car, kind, ref changing);
    }

    private Wish Look(int at, int direction, int slot, ref Car car, in Kind kind, ref Changing changing)
    {
        ref readonly var own = ref cursors[at];
        var leader = Leader(car.Lane, at, car, kind);
        var ahead = Leader(car.Lane + direction, at + direction, car, kind);
        if (ahead is { Exists: true, Gap: < 0 } && own.LastBlocked < 0 && wish.MayIgnore(direction, at, leader, car, ref changing)) return Wish.None;
        var question = new LaneQuestion { Slot = slot, Direction = direction, Leader = leader, Ahead = ahead, At = at, Beside = car.Lane + direction };
        return wish.Ask(ref question, ref car, kind, ref changing, own.LastBlocked, own.FirstBlocked);
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
        var last = cursors[at].LastDone;
        if (last >= 0) return new(last, street.Cars[last].Back - car.Position - kind.MinGap);
        var lapping = street.Lapping[lane];
        if (lapping >= 0) return new(lapping, street.BackOn(street.Cars[lapping], lane) - car.Position - kind.MinGap);
        var mayWait = !street.HaveStops && car.Speed < LaneWish.CongestedSpeed && map.Lanes[lane].Length - car.Position > kind.MinGap + street.LongestVehicle;
        return mayWait ? Neighbour.Farther : LookFarther(lane, car, kind);
    }

    /// <summary>Whom it would follow beyond the end of a lane.</summary>
    public Neighbour LookFarther(int lane, in Car car, in Kind kind)
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
        if (cursors[at].Next < cursors[at].Count)
        {
            var behind = cursors[at].Slot;
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
