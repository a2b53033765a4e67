using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Plans for vehicles that links ahead may hold up: one link after another, as far as they may have to brake.</summary>
/// <remarks>SUMO 1.15, MSVehicle.planMoveInternal.</remarks>
internal sealed class LinkPlanner(StreetState street, ItemList items, Announcer announcer, EndPlanner end)
{
    private const int LookAheadLengths = 5;

    private readonly StreetMap map = street.Map;
    private readonly InsideLeaders inside = new(street);
    private readonly BlockedExits exits = new(street);

    /// <summary>Where a plan has got to along the way of the vehicle.</summary>
    private ref struct View
    {
        public int Lane;
        public int Link;
        public int Place;
        public int Prospects;
        public Span<Item> Items;
        public int ItemCount;
        public int LastItem;

        /// <summary>To the end of the lane, metres.</summary>
        public double Seen;

        public double SeenInside;
        public double SeenOutside;
        public double LaneMost;
        public double Speed;

        /// <summary>How it may speed up to the link, as <see cref="Course"/> has it.</summary>
        public double Run;
        public double RunSpeed;
        public double Most;
        public bool PassedJunction;
        public bool SlowedForMinor;
    }

    /// <param name="laneMost">Limit of the lane, m/s.</param>
    /// <param name="free">Next speed if nobody were in front, m/s.</param>
    /// <param name="safe">Next speed behind the one in front, m/s.</param>
    public void Plan(int slot, ref Car car, in Kind kind, double laneMost, double free, double safe)
    {
        car.Outlook = Outlook.Links;
        var dt = street.Dt;
        car.BrakeGap = CarFollowing.BrakeGap(car.Speed, kind.Deceleration, 0, dt);
        var fastest = CarFollowing.Fastest(kind, car.Speed);
        ref readonly var lane = ref map.Lanes[car.Lane];
        var seen = lane.Length - car.Position;
        var view = new View
        {
            Lane = car.Lane,
            Link = car.Link,
            Place = car.Place,
            Prospects = car.Prospects,
            Items = items.Room(ref car),
            LastItem = -1,
            Seen = seen,
            SeenInside = lane.IsInside ? seen : 0,
            LaneMost = laneMost,
            Speed = double.MinNative(free, safe),
            Run = seen,
            RunSpeed = free,
            Most = double.MinNative(laneMost, safe),
        };
        var horizon = fastest * dt + CarFollowing.BrakeGap(fastest, kind.Deceleration, kind.Tau, dt);
        var isFar = seen > horizon && car.Link >= 0 && !car.HasStops;
        LookAhead(slot, ref car, kind, ref view, horizon, CarFollowing.Slowest(kind, car.Speed), isFar);
        items.Take(ref car, view.ItemCount);
        if (!isFar && (view.ItemCount > 1 || view.Items[0].Request)) exits.Check(view.Items[..view.ItemCount], slot, car, kind);

        Announce(car, view.Items[..view.ItemCount]);
    }

    /// <summary>Tells the links that others must watch that it is coming.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Announce(in Car car, ReadOnlySpan<Item> seen)
    {
        foreach (ref readonly var item in seen)
        {
            if (item.Link >= 0 && item.Request && map.Links[item.Link].IsWatched) announcer.Announce(car, item);
        }
    }

    /// <param name="isFar">Nothing behind the first link is so near that it counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookAhead(int slot, ref Car car, in Kind kind, ref View view, double horizon, double slowest, bool isFar)
    {
        while (true)
        {
            if (car.HasStops && MeetStop(slot, ref car, kind, ref view, slowest)) return;
            var link = view.Link;
            if (link < 0)
            {
                ref readonly var lane = ref map.Lanes[view.Lane];
                if (!lane.IsInside && street.Routes.IsLast(view.Prospects))
                {
                    Arrive(car, kind, ref view, lane);
                    return;
                }

                var stop = CarFollowing.StopSpeed(kind, car.Speed, view.Seen, street.Dt);
                LimitLast(view, stop);
                view.Speed = double.MinNative(view.Speed, stop);
                AddEnd(ref view, view.Speed, view.Seen, 0);
                return;
            }

            if (!AddLink(slot, ref car, kind, ref view, link) || isFar) return;
            ref readonly var facts = ref map.Links[link];
            if (!facts.HasVia)
            {
                view.PassedJunction = true;
                view.Place++;
                view.Prospects = street.Routes.Next(view.Prospects);
            }

            ref readonly var item = ref view.Items[view.LastItem];
            var isEnough = (!item.Request || view.Speed <= 0 || view.Seen > horizon) && view.PassedJunction
                && view.SeenOutside > double.MaxNative(kind.Length * LookAheadLengths, kind.Length + view.SeenInside);
            if (isEnough || view.ItemCount == ItemList.Most) return;
            GoOn(slot, car, kind, ref view, facts, slowest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GoOn(int slot, in Car car, in Kind kind, ref View view, in LinkFacts link, double slowest)
    {
        view.Lane = link.Next;
        view.Link = street.LinkAt(view.Lane, view.Prospects);
        ref readonly var lane = ref map.Lanes[view.Lane];
        view.LaneMost = street.MaxSpeed(car, kind, view.Lane);
        if (view.LaneMost < view.Speed)
        {
            var free = double.MaxNative(CarFollowing.FreeSpeed(kind.Deceleration, view.Seen, view.LaneMost, street.Dt), slowest);
            view.Speed = double.MinNative(view.Speed, free);
        }

        if (lane.IsInside) view.SeenInside += lane.Length;
        else view.SeenOutside += lane.Length;
        var before = view.Seen;
        view.Seen += lane.Length;
        (view.Run, view.RunSpeed, view.Most) = (lane.Length, view.Speed, view.LaneMost);
        var last = street.On(view.Lane) is [.., var rearmost] ? rearmost : street.Lapping[view.Lane];
        if (last >= 0 && last != slot)
        {
            ref readonly var other = ref street.Cars[last];
            var gap = street.BackOn(other, view.Lane) + before - kind.MinGap;
            var safe = gap >= 0
                ? CarFollowing.FollowSpeed(kind, car.Speed, gap, other.Speed, street.Kinds[other.Kind].ApparentDeceleration, street.Dt)
                : CarFollowing.StopSpeed(kind, car.Speed, before - CarFollowing.Slack, street.Dt);
            LimitLast(view, safe);
            view.Speed = double.MinNative(view.Speed, safe);
            view.Most = double.MinNative(view.Most, safe);
        }

        ref var item = ref view.Items[view.LastItem];
        item.Wait = double.MinNative(item.Wait, view.Speed);
    }

    /// <returns>Whether to look on behind the link.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AddLink(int slot, ref Car car, in Kind kind, ref View view, int link)
    {
        var dt = street.Dt;
        ref readonly var facts = ref map.Links[link];
        var priority = street.HasPriority(link);
        var amberOrRed = street.IsRedOrAmber(link);
        var deceleration = amberOrRed ? kind.LightDeceleration : kind.Deceleration;
        var brakes = deceleration == kind.Deceleration ? car.BrakeGap : CarFollowing.BrakeGap(car.Speed, deceleration, 0, dt);
        var canBrake = view.Seen >= brakes;
        var stopDistance = StopDistance(car, kind, view, facts, amberOrRed, priority, canBrake, brakes);
        var leaving = car.IsInside && view.LastItem < 0;
        var request = (view.Speed > CarFollowing.Creeping * dt && !(view.SlowedForMinor && !facts.FromInside)) || leaving;
        ref var item = ref view.Items[view.ItemCount];
        item.Begin(link, view.Seen);
        item.Wait = double.MinNative(view.Speed, CarFollowing.StopSpeed(kind, car.Speed, stopDistance, deceleration, dt));
        if (facts.Meetings.Length > 0) inside.Follow(slot, link, view.Lane, view.Seen, ref LastItem(view), ref view.Speed, ref view.Most, ref item.Wait, ref request);
        if (amberOrRed && canBrake && !street.IgnoresRed(kind, link, canBrake))
        {
            item.Pass = view.Speed;
            item.Arrival = (float)(view.Seen / double.MaxNative(view.Speed, CarFollowing.Tiny));
            item.ArrivalSpeed = (float)item.Wait;
            view.LastItem = view.ItemCount++;
            return false;
        }

        LimitLast(view, view.LaneMost);
        var mayYield = !street.IsPlainlyOpen(link);
        if (mayYield) SlowDown(car, kind, ref view, link, priority, brakes, ref request);
        item.Pass = view.Speed;
        item.Request = request;
        view.LastItem = view.ItemCount++;
        if (!mayYield && !facts.IsWatched) return true;
        (item.Course.Speed, item.Course.Run, item.Course.RunSpeed, item.Course.Most) = (view.Speed, view.Run, view.RunSpeed, view.Most);
        if (mayYield) Foretell(ref item, car, kind, facts);
        return true;
    }

    /// <summary>When and how fast it would come and leave, for who may have to let others go first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Foretell(ref Item item, in Car car, in Kind kind, in LinkFacts facts)
    {
        var arrivalSpeed = item.Course.ArrivalSpeed(kind);
        item.ArrivalSpeed = (float)arrivalSpeed;
        item.Arrival = item.Course.Arrival(kind, arrivalSpeed, street.Dt);
        item.LeaveReach = Course.LeaveSpeed(kind, arrivalSpeed, facts.Length, street.MaxSpeed(car, kind, facts.Next));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double StopDistance(
        in Car car, in Kind kind, in View view, in LinkFacts link, bool amberOrRed, bool priority, bool canBrake, double brakes)
    {
        var offset = amberOrRed ? kind.StopLineGap : priority ? double.MinNative(link.Visibility - CarFollowing.Slack, kind.StopLineGap) : 0;
        if (canBrake) offset = double.MinNative(offset, view.Seen - brakes);
        var distance = EndPlanner.StopDistance(view.Seen, offset);
        return double.IsFinite(car.StopDistance) ? double.MaxNative(distance, car.StopDistance) : distance;
    }

    /// <summary>Who has to yield slows down until all foes can be seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SlowDown(in Car car, in Kind kind, ref View view, int link, bool priority, double brakes, ref bool request)
    {
        ref readonly var facts = ref map.Links[link];
        if (!priority && brakes < view.Seen && view.Seen > facts.Visibility && !street.EnteredMajor(facts))
        {
            view.SlowedForMinor = true;
            view.Most = double.MinNative(view.Most, CarFollowing.SpeedAtMinor(kind, facts.Visibility, street.Dt));
            return;
        }

        if (street.LinkState[link] == '=' && car.Waiting > 0 && Deadlock.IsPartOfOne(street, link)
            && street.Chance.Unit(car.Vehicle, street.Step, Chance.Purpose.Deadlock) < (facts.IsStraight ? 0.25 : 0.75))
        {
            request = false;
        }
    }

    private void Arrive(in Car car, in Kind kind, ref View view, in LaneFacts lane)
    {
        var free = end.SpeedToArrive(car, kind, lane, view.Seen, view.LaneMost);
        view.Speed = double.MinNative(view.Speed, free);
        LimitLast(view, free);
        AddEnd(ref view, view.Speed, view.Seen, lane.IsFringe ? 1000 : 0);
    }

    /// <returns>Whether the way ends at a stop.</returns>
    private bool MeetStop(int slot, ref Car car, in Kind kind, ref View view, double slowest)
    {
        ref readonly var stop = ref street.Stops[car.Vehicle][car.StopsDone];
        if (stop.RouteIndex != view.Place || map.Lanes[view.Lane].IsInside) return false;
        ref readonly var lane = ref map.Lanes[view.Lane];
        car.StopDistance = view.Seen + stop.EndMetres + CarFollowing.Tiny - lane.Length;
        var speed = double.MaxNative(CarFollowing.StopSpeed(kind, car.Speed, car.StopDistance, street.Dt), slowest);
        var pass = double.MinNative(CarFollowing.SpeedAfter(view.Run, view.RunSpeed, kind.Acceleration, kind.MaxSpeed), view.Most);
        LimitLast(view, CarFollowing.StopSpeed(kind, pass, stop.EndMetres, street.Dt));
        view.Speed = double.MinNative(view.Speed, speed);
        AddEnd(ref view, view.Speed, car.StopDistance, 0);
        return true;
    }

    private static ref Item LastItem(in View view)
    {
        if (view.LastItem >= 0) return ref view.Items[view.LastItem];
        return ref System.Runtime.CompilerServices.Unsafe.NullRef<Item>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LimitLast(in View view, double speed)
    {
        if (view.LastItem >= 0) view.Items[view.LastItem].LimitLeaving(speed);
    }

    private static void AddEnd(ref View view, double speed, double distance, double room)
    {
        if (view.ItemCount == ItemList.Most) return;
        ref var item = ref view.Items[view.ItemCount++];
        item.Begin(StreetMap.None, distance);
        (item.Wait, item.Pass, item.Room) = (speed, speed, (float)room);
    }
}
