using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Puts vehicles onto the street when they depart, or as soon afterwards as there is a safe gap.</summary>
/// <remarks>SUMO 1.15, MSInsertionControl, MSEdge.insertVehicle and MSLane.isInsertionSuccess.</remarks>
internal sealed class Inserter(StreetState street, StreetDemand demand, int[] routes)
{
    private const double BestLaneLookahead = 3000;
    private const int MostRandomTries = 10;
    private const int NotSettled = -2;

    private readonly StreetMap map = street.Map;
    private readonly EntryGaps gaps = new(street);
    private readonly long[] failed = CreateNever(street.Map.Lanes.Length);
    private readonly int[] waiting = new int[demand.Vehicles.Length];

    /// <summary>Per vehicle the lane on which it departs whatever happens there; −1 without one, <see cref="NotSettled"/> where it is chosen at the departure.</summary>
    private readonly int[] lanes = [.. demand.Vehicles.Select(plan => SettledLane(street, plan))];

    /// <summary>Per vehicle how its driver takes speed limits; 0 before its first try.</summary>
    private readonly double[] factors = new double[demand.Vehicles.Length];
    private int waitingCount;
    private int next;

    /// <summary>Vehicles whose time has come and who have found no gap yet.</summary>
    public int Waiting => waitingCount;

    public ReadOnlySpan<int> WaitingOnes => waiting.AsSpan(0, waitingCount);

    public void Visit(IStateVisitor visitor)
    {
        (waitingCount, next) = ((int)visitor.Number(waitingCount), (int)visitor.Number(next));
        visitor.Array(waiting);
        visitor.Array(failed);
    }

    public void Insert()
    {
        var now = street.BeginSeconds + street.Now;
        for (; next < demand.Vehicles.Length && demand.Vehicles[next].DepartSeconds <= now; next++)
            if (demand.Vehicles[next].DepartSeconds >= street.BeginSeconds) waiting[waitingCount++] = next;
        var kept = 0;
        for (var i = 0; i < waitingCount; i++)
            if (!TryInsert(waiting[i])) waiting[kept++] = waiting[i];
        waitingCount = kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryInsert(int vehicle)
    {
        var lane = lanes[vehicle];
        return (lane < 0 || failed[lane] != street.Step) && street.HasFreeSlot && TryInsert(vehicle, lane);
    }

    private bool TryInsert(int vehicle, int lane)
    {
        var plan = demand.Vehicles[vehicle];
        ref readonly var kind = ref street.Kinds[plan.Type];
        if (lane == NotSettled) lane = ChooseLane(vehicle, plan, kind);
        if (lane < 0 || failed[lane] == street.Step) return false;
        if (!street.IsFull(lane) && TryOnto(lane, vehicle, plan, kind)) return true;
        failed[lane] = street.Step;
        return false;
    }

    private int ChooseLane(int vehicle, VehicleDemand plan, in Kind kind)
    {
        var lanes = map.Network.Edges[plan.Route[0]].Lanes.AsSpan();
        var begin = street.Routes.Begin(routes[vehicle], 0);
        switch (plan.DepartLane.Kind)
        {
            case DepartLaneKind.Random:
                return RandomLane(vehicle, lanes, kind);
            case DepartLaneKind.Free:
                return FreestLane(lanes, plan, kind, begin, -1, mustContinue: false);
            case DepartLaneKind.Allowed:
                return FreestLane(lanes, plan, kind, begin, -1, mustContinue: true);
            default:
                var longest = 0.0;
                for (var at = 0; at < lanes.Length; at++) longest = Math.Max(longest, street.Routes.At(begin, at).Length);
                longest = Math.Min(longest, BestLaneLookahead);
                return FreestLane(lanes, plan, kind, begin, longest, mustContinue: false);
        }
    }

    private static int SettledLane(StreetState street, VehicleDemand plan)
    {
        var lanes = street.Map.Network.Edges[plan.Route[0]].Lanes.AsSpan();
        ref readonly var kind = ref street.Kinds[plan.Type];
        if (plan.DepartLane.Kind == DepartLaneKind.Index) lanes = plan.DepartLane.Index < lanes.Length ? lanes.Slice(plan.DepartLane.Index, 1) : [];
        else if (plan.DepartLane.Kind != DepartLaneKind.First) return NotSettled;
        foreach (var lane in lanes) if (IsAllowed(street.Map, lane, kind)) return lane;
        return StreetMap.None;
    }

    private bool IsAllowed(int lane, in Kind kind) => IsAllowed(map, lane, kind);

    private static bool IsAllowed(StreetMap map, int lane, in Kind kind) => (map.Lanes[lane].Allowed & kind.Class) != 0;

    private int RandomLane(int vehicle, ReadOnlySpan<int> lanes, in Kind kind)
    {
        var count = 0;
        foreach (var lane in lanes) if (IsAllowed(lane, kind)) count++;
        var chosen = (int)(street.Chance.Unit(vehicle, street.Step, Chance.Purpose.DepartLane) * count);
        foreach (var lane in lanes) if (IsAllowed(lane, kind) && chosen-- == 0) return lane;
        return -1;
    }

    private int FreestLane(ReadOnlySpan<int> lanes, VehicleDemand plan, in Kind kind, int prospects, double leastMetres, bool mustContinue)
    {
        var (best, largest) = (-1, 0.0);
        var (emptiest, least) = (-1, double.PositiveInfinity);
        var depart = plan.DepartPosition.Kind == DepartPositionKind.Metres ? plan.DepartPosition.Metres : kind.Length;
        for (var at = 0; at < lanes.Length; at++)
        {
            var lane = lanes[at];
            ref readonly var prospect = ref street.Routes.At(prospects, at);
            if (!IsAllowed(lane, kind) || prospect.Length < leastMetres || (mustContinue && !prospect.Continues)) continue;
            var share = street.Occupied[lane] / map.Lanes[lane].Length;
            if (share < least) (emptiest, least) = (lane, share);
            var gap = (street.On(lane) is [.., var last] ? street.Cars[last].Position : map.Lanes[lane].Length) - depart;
            if (gap > largest) (best, largest) = (lane, gap);
        }

        return best >= 0 ? best : emptiest;
    }

    private bool TryOnto(int lane, int vehicle, VehicleDemand plan, in Kind kind)
    {
        var slot = street.TakeSlot();
        ref var car = ref street.Cars[slot];
        car = Create(lane, vehicle, plan, kind);
        street.Changings[slot] = default;
        street.Orient(ref car, ref street.Changings[slot]);
        var (speed, mayBeSlower) = DepartSpeed(car, kind, plan);
        if (TryPlaces(ref car, kind, plan, speed, mayBeSlower))
        {
            Enter(slot, ref car);
            return true;
        }

        street.FreeSlot(slot);
        return false;
    }

    private Car Create(int lane, int vehicle, VehicleDemand plan, in Kind kind) => new()
    {
        Lane = lane,
        Vehicle = vehicle,
        Kind = plan.Type,
        Route = routes[vehicle],
        Prospects = street.Routes.Begin(routes[vehicle], 0),
        HasStops = !plan.Stops.IsEmpty,
        Length = kind.Length,
        Factor = FactorOf(vehicle, plan.Type),
        Stream = street.Chance.StreamOf(vehicle),
        Left1 = StreetMap.None,
        Left2 = StreetMap.None,
        Left3 = StreetMap.None,
        Left4 = StreetMap.None,
        Entered = Car.Never,
        EnteredFirst = Car.Never,
        EnteredConflict = Car.Never,
        StopDistance = double.PositiveInfinity,
    };

    private double FactorOf(int vehicle, int type)
    {
        ref var factor = ref factors[vehicle];
        if (factor == 0) factor = Draw(vehicle, demand.Types[type].SpeedFactor);
        return factor;
    }

    private double Draw(int vehicle, SpeedFactor factor)
    {
        if (factor.Deviation == 0) return factor.Mean;
        for (var draw = 0; draw < 100; draw++)
        {
            var value = factor.Mean + factor.Deviation * street.Chance.Normal(vehicle, draw, Chance.Purpose.SpeedFactor);
            if (value >= factor.Least && value <= factor.Most) return value;
        }

        return factor.Mean;
    }

    private (double Speed, bool MayBeSlower) DepartSpeed(in Car car, in Kind kind, VehicleDemand plan)
    {
        var most = street.MaxSpeed(car, kind, car.Lane);
        var cars = street.On(car.Lane);
        return plan.DepartSpeed.Kind switch
        {
            DepartSpeedKind.MetresPerSecond => (Math.Min(plan.DepartSpeed.MetresPerSecond, most), false),
            DepartSpeedKind.Random => (most * street.Chance.Unit(car.Vehicle, 0, Chance.Purpose.DepartSpeed), true),
            DepartSpeedKind.Max => (most, true),
            DepartSpeedKind.SpeedLimit => (most / car.Factor, false),
            DepartSpeedKind.Last when cars.Length > 0 => (Math.Min(most, street.Cars[cars[^1]].Speed), false),
            DepartSpeedKind.Average when cars.Length > 0 => (Math.Min(most, MeanSpeed(cars)), false),
            _ => (most, false),
        };
    }

    private double MeanSpeed(ReadOnlySpan<int> cars)
    {
        var sum = 0.0;
        foreach (var slot in cars) sum += street.Cars[slot].Speed;
        return sum / cars.Length;
    }

    private bool TryPlaces(ref Car car, in Kind kind, VehicleDemand plan, double speed, bool mayBeSlower)
    {
        var length = map.Lanes[car.Lane].Length;
        var lowest = Math.Min(kind.Length + CarFollowing.Slack, length);
        switch (plan.DepartPosition.Kind)
        {
            case DepartPositionKind.Metres:
                var given = plan.DepartPosition.Metres;
                return TryAt(ref car, kind, Math.Clamp(given < 0 ? given + length : given, 0, length), speed, mayBeSlower);
            case DepartPositionKind.Random:
                return TryAt(ref car, kind, length * street.Chance.Unit(car.Vehicle, street.Step, Chance.Purpose.DepartPosition), speed, mayBeSlower);
            case DepartPositionKind.RandomFree:
                for (var i = 0; i < MostRandomTries; i++)
                {
                    var at = length * street.Chance.Unit(car.Vehicle, street.Step * MostRandomTries + i, Chance.Purpose.DepartPosition);
                    if (TryAt(ref car, kind, at, speed, mayBeSlower)) return true;
                }

                return TryFree(ref car, kind, lowest, speed);
            case DepartPositionKind.Free:
                return TryFree(ref car, kind, lowest, speed);
            case DepartPositionKind.Last:
                return TryAt(ref car, kind, BehindLast(car, kind, speed, length), speed, mayBeSlower);
            case DepartPositionKind.Stop when plan.Stops is [var stop, ..] && stop.Lane == car.Lane:
                return TryAt(ref car, kind, Math.Clamp(stop.EndMetres, 0, length), speed, mayBeSlower);
            default:
                return TryAt(ref car, kind, lowest, speed, mayBeSlower);
        }
    }

    private double BehindLast(in Car car, in Kind kind, double speed, double length)
    {
        if (street.On(car.Lane) is not [.., var last]) return length - CarFollowing.Slack;
        ref readonly var other = ref street.Cars[last];
        var gap = CarFollowing.SecureGap(kind, speed, other.Speed, street.Kinds[other.Kind].Deceleration, street.Dt) + kind.MinGap + CarFollowing.Slack;
        return Math.Min(length - CarFollowing.Slack, other.Back - gap);
    }

    /// <summary>At the begin of the lane, or behind one of those who are on it.</summary>
    private bool TryFree(ref Car car, in Kind kind, double lowest, double speed)
    {
        if (TryAt(ref car, kind, lowest, speed, mayBeSlower: true)) return true;
        var cars = street.On(car.Lane);
        for (var i = cars.Length - 1; i >= 0; i--)
        {
            ref readonly var other = ref street.Cars[cars[i]];
            var gap = CarFollowing.SecureGap(kind, speed, other.Speed, street.Kinds[other.Kind].Deceleration, street.Dt) + kind.MinGap + CarFollowing.Slack;
            if (other.Back - gap >= 0 && TryAt(ref car, kind, other.Back - gap, speed, mayBeSlower: true)) return true;
        }

        return false;
    }

    private bool TryAt(ref Car car, in Kind kind, double position, double speed, bool mayBeSlower)
    {
        if (position < 0) return false;
        car.Position = position;
        var safe = gaps.SafeSpeed(car, kind, speed);
        if (safe < 0 || (safe < speed && !mayBeSlower)) return false;
        car.Speed = Math.Min(speed, safe);
        return gaps.IsSafeForFollower(car, kind);
    }

    private void Enter(int slot, ref Car car)
    {
        street.Enter(slot);
        ref var account = ref street.Accounts[car.Vehicle];
        (account.Departed, account.DepartLane, account.DepartPosition, account.DepartSpeed) = (street.Step, car.Lane, car.Position, car.Speed);
        (account.Slot, car.Metres) = (slot, -car.Position);
    }

    private static long[] CreateNever(int lanes)
    {
        var steps = new long[lanes];
        Array.Fill(steps, -1);
        return steps;
    }
}
