using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Plans the next step of each vehicle from the street as it stands: how fast it may go, and which links it will pass.
/// Nothing but the vehicle's own plan is written.</summary>
/// <remarks>SUMO 1.15, MSVehicle.planMoveInternal.</remarks>
internal sealed class Planner(StreetState street, ItemList items, int worker)
{
    private const double LeastAmberDeceleration = 3;
    private const int LookAheadLengths = 5;
    private const double FarSeconds = 20;

    private readonly StreetMap map = street.Map;
    private readonly InsideLeaders inside = new(street);
    private readonly BlockedExits exits = new(street);
    private readonly Announcer announcer = new(street, worker);
    private readonly FarPlanner far = new(street, new(street, worker));

    public void PlanLane(int lane)
    {
        var ahead = street.Lapping[lane];
        var inFront = 0.0;
        foreach (var slot in street.On(lane))
        {
            Plan(slot, ahead, inFront);
            inFront += street.Kinds[street.Cars[slot].Kind].Room;
            ahead = slot;
        }
    }

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
        public double Pass;
        public bool PassedJunction;
        public bool SlowedForMinor;
    }

    private void Plan(int slot, int ahead, double inFront)
    {
        ref var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        var dt = street.Dt;
        car.Outlook = Outlook.Links;
        if (car.HasStops) car.StopDistance = double.PositiveInfinity;
        car.ItemCount = 0;
        ref readonly var lane = ref map.Lanes[car.Lane];
        var seen = lane.Length - car.Position;
        if (car.IsStopped || IsStuckBehind(car, kind, ahead) || IsStuckAtRed(car, kind, seen))
        {
            Stand(ref car, 0);
            return;
        }

        var fastest = CarFollowing.Fastest(kind, car.Speed, dt);
        var slowest = CarFollowing.Slowest(kind, car.Speed, dt);
        var laneMost = double.MaxNative(street.MaxSpeed(car, kind, car.Lane), slowest);
        var free = double.MinNative(fastest, laneMost);
        var safe = ahead >= 0 ? Behind(car, kind, ahead) : double.PositiveInfinity;
        if (double.MinNative(free, safe) <= CarFollowing.Creeping * dt)
        {
            Stand(ref car, double.MinNative(free, safe));
            return;
        }

        if (EndsHere(car))
        {
            (car.Outlook, car.SafeSpeed) = (Outlook.Closed, double.MinNative(free, safe));
            return;
        }

        if (far.IsFar(car, kind, seen, fastest))
        {
            if (seen > FarSeconds * laneMost)
            {
                (car.Outlook, car.SafeSpeed) = (Outlook.Closed, double.MinNative(free, safe));
                return;
            }

            if (car.Link >= 0 && far.TryPlan(ref car, kind, seen, laneMost, free, safe)) return;
            car.Outlook = Outlook.Links;
        }

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
            Pass = double.MinNative(double.MinNative(CarFollowing.SpeedAfter(seen, free, kind.Acceleration, kind.MaxSpeed), laneMost), safe),
        };
        var horizon = fastest * dt + CarFollowing.BrakeGap(fastest, kind.Deceleration, kind.Tau, dt);
        if (seen > horizon && car.Link >= 0 && !car.HasStops)
        {
            AddLink(slot, ref car, kind, ref view, car.Link);
            items.Take(ref car, view.ItemCount);
        }
        else
        {
            LookAhead(slot, ref car, kind, ref view, horizon, slowest);
            items.Take(ref car, view.ItemCount);
            if (view.ItemCount > 1 || view.Items[0].Request) exits.Check(items.Of(car), slot, car, kind, inFront);
        }

        Announce(car, kind);
    }

    /// <summary>Next speed behind the one in front on the same lane, m/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Behind(in Car car, in Kind kind, int ahead)
    {
        ref readonly var other = ref street.Cars[ahead];
        var gap = street.BackOn(other, car.Lane) - car.Position - kind.MinGap;
        return gap >= 0 ? CarFollowing.FollowSpeed(kind, car.Speed, gap, other.Speed, street.Kinds[other.Kind].ApparentDeceleration, street.Dt) : 0;
    }

    /// <summary>Tells the links that others must watch that it is coming.</summary>
    private void Announce(in Car car, in Kind kind)
    {
        foreach (ref readonly var item in items.Of(car))
        {
            if (item.Link >= 0 && item.Request && map.Links[item.Link].IsWatched) announcer.Announce(car, kind, item);
        }
    }

    /// <summary>It stands so near behind another that stands that it cannot move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStuckBehind(in Car car, in Kind kind, int ahead)
    {
        if (ahead < 0 || car.Speed != 0 || car.HasStops) return false;
        ref readonly var other = ref street.Cars[ahead];
        return other.Speed == 0
            && street.BackOn(other, car.Lane) - car.Position - kind.MinGap <= CarFollowing.Tiny + 0.9 * CarFollowing.Creeping * street.Dt * kind.Tau;
    }

    /// <summary>It stands right before a light that is not green.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStuckAtRed(in Car car, in Kind kind, double seen)
    {
        if (car.Speed != 0 || car.HasStops || car.IsInside || car.Link < 0) return false;
        return (street.IsRed(car.Link) || street.IsAmber(car.Link)) && !street.IgnoresRed(kind, car.Link, canBrake: true)
            && seen - Math.Max(CarFollowing.Slack, Math.Min(kind.StopLineGap, seen)) <= CarFollowing.Tiny + 0.9 * CarFollowing.Creeping * street.Dt * street.Dt;
    }

    /// <summary>Its route ends on this lane, and it may arrive as fast as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EndsHere(in Car car) =>
        car.Link < 0 && !car.IsInside && !car.HasStops && street.ArrivalSpeeds[car.Vehicle] < 0 && street.Routes.IsLast(car.Prospects);

    /// <summary>A plan to stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stand(ref Car car, double speed)
    {
        car.Outlook = car.Speed == 0 && speed < CarFollowing.Creeping * street.Dt ? Outlook.Stuck : Outlook.Closed;
        (car.SafeSpeed, car.WillPass) = (speed, car.IsInside);
    }

    private void LookAhead(int slot, ref Car car, in Kind kind, ref View view, double horizon, double slowest)
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
                    Arrive(slot, car, kind, ref view, lane);
                    return;
                }

                var stop = CarFollowing.StopSpeed(kind, car.Speed, view.Seen, street.Dt);
                LimitLast(view, stop);
                view.Speed = double.MinNative(view.Speed, stop);
                AddEnd(ref view, view.Speed, view.Seen, 0);
                return;
            }

            if (!AddLink(slot, ref car, kind, ref view, link)) return;
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
        view.Pass = double.MinNative(CarFollowing.SpeedAfter(lane.Length, view.Speed, kind.Acceleration, kind.MaxSpeed), view.LaneMost);
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
            view.Pass = double.MinNative(view.Pass, safe);
        }

        ref var item = ref view.Items[view.LastItem];
        item.Wait = double.MinNative(item.Wait, view.Speed);
    }

    /// <returns>Whether to look on behind the link.</returns>
    private bool AddLink(int slot, ref Car car, in Kind kind, ref View view, int link)
    {
        var dt = street.Dt;
        ref readonly var facts = ref map.Links[link];
        var priority = street.HasPriority(link);
        var amberOrRed = street.IsRed(link) || street.IsAmber(link);
        var deceleration = amberOrRed ? double.MaxNative(double.MinNative(LeastAmberDeceleration, kind.EmergencyDeceleration), kind.Deceleration) : kind.Deceleration;
        var brakes = CarFollowing.BrakeGap(car.Speed, deceleration, 0, dt);
        var canBrake = view.Seen >= brakes;
        var stopDistance = StopDistance(car, kind, view, facts, amberOrRed, priority, canBrake, brakes);
        var leaving = map.Lanes[car.Lane].IsInside && view.LastItem < 0;
        var request = (view.Speed > CarFollowing.Creeping * dt && !(view.SlowedForMinor && !facts.FromInside)) || leaving;
        ref var item = ref view.Items[view.ItemCount];
        item = default;
        (item.Link, item.Distance) = (link, view.Seen);
        item.Wait = double.MinNative(view.Speed, CarFollowing.StopSpeed(kind, car.Speed, stopDistance, deceleration, dt));
        if (facts.Meetings.Length > 0) inside.Follow(slot, link, view.Lane, view.Seen, ref LastItem(view), ref view.Speed, ref view.Pass, ref item.Wait, ref request);
        if (amberOrRed && canBrake && !street.IgnoresRed(kind, link, canBrake))
        {
            item.Pass = view.Speed;
            item.Arrival = (float)(view.Seen / double.MaxNative(view.Speed, CarFollowing.Tiny));
            item.ArrivalBraking = item.Arrival + 30;
            item.ArrivalSpeed = (float)item.Wait;
            view.LastItem = view.ItemCount++;
            return false;
        }

        LimitLast(view, view.LaneMost);
        var arrivalSpeed = ArrivalSpeed(slot, car, kind, ref view, link, priority, brakes, ref request);
        item.Pass = view.Speed;
        item.Request = request;
        view.LastItem = view.ItemCount++;
        if (facts.IsWatched || !street.IsPlainlyOpen(link)) Foretell(ref item, car, kind, view, facts, arrivalSpeed);
        return true;
    }

    /// <summary>When and how fast it would come and leave, which matters only where somebody has to yield.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Foretell(ref Item item, in Car car, in Kind kind, in View view, in LinkFacts facts, double arrivalSpeed)
    {
        var dt = street.Dt;
        item.ArrivalSpeed = (float)arrivalSpeed;
        item.Arrival = (float)(CarFollowing.ArrivalTime(kind, view.Seen, view.Speed, arrivalSpeed) - dt);
        item.ArrivalBraking = item.Arrival + 30;
        if (view.Seen < CarFollowing.BrakeGap(view.Speed, kind.Deceleration, kind.Tau, dt)) AddBraking(ref item, kind, view, arrivalSpeed);
        item.LeaveSpeed = (float)double.MinNative(street.MaxSpeed(car, kind, facts.Next),
            CarFollowing.SpeedAfter(facts.Length, arrivalSpeed, kind.Acceleration, kind.MaxSpeed));
    }

    /// <summary>When it would arrive if it braked now, which does not suffice to stop.</summary>
    private static void AddBraking(ref Item item, in Kind kind, in View view, double arrivalSpeed)
    {
        var braked = double.MinNative(CarFollowing.ArrivalSpeedBraking(kind, view.Seen, view.Speed), arrivalSpeed);
        var mean = (view.Speed + braked) * 0.5;
        item.ArrivalSpeedBraking = (float)braked;
        item.ArrivalBraking = mean <= 0 ? float.MaxValue : Math.Max(item.Arrival, (float)(view.Seen / mean));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double StopDistance(
        in Car car, in Kind kind, in View view, in LinkFacts link, bool amberOrRed, bool priority, bool canBrake, double brakes)
    {
        var offset = amberOrRed ? kind.StopLineGap : priority ? double.MinNative(link.Visibility - CarFollowing.Slack, kind.StopLineGap) : 0;
        if (canBrake) offset = double.MinNative(offset, view.Seen - brakes);
        var distance = double.MaxNative(0, view.Seen - double.MaxNative(CarFollowing.Slack, offset));
        return double.IsFinite(car.StopDistance) ? double.MaxNative(distance, car.StopDistance) : distance;
    }

    /// <summary>Speed at the link if it is open; who has to yield slows down until all foes can be seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double ArrivalSpeed(int slot, in Car car, in Kind kind, ref View view, int link, bool priority, double brakes, ref bool request)
    {
        ref readonly var facts = ref map.Links[link];
        if (!priority && brakes < view.Seen && view.Seen > facts.Visibility && !street.EnteredMajor(facts))
        {
            view.SlowedForMinor = true;
            return double.MinNative(view.Pass, CarFollowing.SpeedAtMinor(kind, facts.Visibility, street.Dt));
        }

        if (street.LinkState[link] == '=' && car.Waiting > 0 && Deadlock.IsPartOfOne(street, link)
            && street.Chance.Unit(car.Vehicle, street.Step, Chance.Purpose.Deadlock) < (facts.IsStraight ? 0.25 : 0.75))
        {
            request = false;
        }

        return view.Pass;
    }

    private void Arrive(int slot, in Car car, in Kind kind, ref View view, in LaneFacts lane)
    {
        var speed = street.ArrivalSpeeds[car.Vehicle];
        var arrival = speed < 0 ? view.LaneMost : speed;
        var distance = view.Seen + street.ArrivalPositions[car.Vehicle] - lane.Length - arrival * street.Dt;
        var free = double.MaxNative(CarFollowing.Tiny, CarFollowing.FreeSpeed(kind.Deceleration, distance, arrival, street.Dt));
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
        if (view.Lane != stop.Lane) return false;
        var speed = double.MaxNative(CarFollowing.StopSpeed(kind, car.Speed, car.StopDistance, street.Dt), slowest);
        LimitLast(view, CarFollowing.StopSpeed(kind, view.Pass, stop.EndMetres, street.Dt));
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
        view.Items[view.ItemCount++] =
            new() { Link = StreetMap.None, Wait = speed, Pass = speed, Distance = distance, Room = (float)room };
    }
}
