using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Moves the vehicles of a range of lanes. Who leaves a lane is handed over afterwards, in the order of the lanes, so that any
/// number of movers do the same.</summary>
/// <remarks>SUMO 1.15, MSVehicle.executeMove and processLaneAdvances.</remarks>
internal sealed class Mover(StreetState street, ItemList items)
{
    private readonly StreetMap map = street.Map;
    private readonly Decider decider = new(street, items);
    private readonly StopKeeper stops = new(street);

    /// <summary>Exact, for a step is a second or half of one.</summary>
    private readonly double perSecond = 1 / street.Dt;
    private int[] moved = new int[64];
    private int[] lapping = new int[64];
    private int[] thinned = new int[64];

    /// <summary>Slots of those who are on another lane than before, or have arrived, in order.</summary>
    public ReadOnlySpan<int> Moved => moved.AsSpan(0, MovedCount);

    /// <summary>Slots of those who reach back onto lanes that they have left.</summary>
    public ReadOnlySpan<int> LappingOnes => lapping.AsSpan(0, LappingCount);

    /// <summary>Lanes that somebody has left.</summary>
    public ReadOnlySpan<int> Thinned => thinned.AsSpan(0, ThinnedCount);

    private int ThinnedCount { get; set; }

    private int MovedCount { get; set; }

    private int LappingCount { get; set; }

    public void Begin() => (MovedCount, LappingCount, ThinnedCount) = (0, 0, 0);

    public void MoveLane(int lane)
    {
        var slots = street.RoomOn(lane);
        var count = street.LaneCount[lane];
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var slot = slots[i];
            ref var car = ref street.Cars[slot];
            var left = !Move(slot, ref car);
            if (left || car.Lane != lane)
            {
                street.Occupied[lane] -= street.Kinds[car.Kind].Room;
                AddTo(ref moved, MovedCount++, slot);
            }
            else
            {
                slots[kept++] = slot;
            }

            if (!left && car.Back < 0) AddTo(ref lapping, LappingCount++, slot);
        }

        if (kept == count) return;
        street.LaneCount[lane] = kept;
        if (kept == 0) street.Occupied[lane] = 0;
        AddTo(ref thinned, ThinnedCount++, lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref int[] list, int at, int slot)
    {
        if (at == list.Length) Array.Resize(ref list, 2 * at);
        list[at] = slot;
    }

    /// <returns>Whether it is still on the street.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Move(int slot, ref Car car)
    {
        ref var changing = ref street.Changings[slot];
        if (car.Outlook == Outlook.Stuck && !car.IsStopped)
        {
            (car.MustWait, car.Acceleration) = (true, 0);
            Stand(ref car);
            PrepareChanging(ref changing);
            return true;
        }

        var next = NextSpeed(slot, ref car);
        if (car.HasStops) stops.Serve(ref car, ref changing, ref next);
        Account(ref car, next);
        car.Acceleration = (next - car.Speed) * perSecond;
        car.Speed = next;
        car.Position += next * street.Dt;
        var item = GoOn(slot, ref car, ref changing);
        PrepareChanging(ref changing);
        if (car.Outlook == Outlook.Links) FindWillPass(slot, ref car, item);
        return !HasArrived(ref car);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double NextSpeed(int slot, ref Car car)
    {
        if (car.IsStopped) return 0;
        if (car.Outlook == Outlook.Links) return decider.Decide(slot, ref car, street.Kinds[car.Kind]);
        car.MustWait = car.WillWait;
        return car.NextSpeed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FindWillPass(int slot, ref Car car, int item)
    {
        if (item < car.ItemCount && items.Of(car)[item] is { Link: >= 0 } ahead) car.WillPass = ahead.Request;
        else if (item > 0) car.WillPass = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Account(ref Car car, double next)
    {
        if (car.IsStopped)
        {
            car.Stopped++;
            car.Waiting = 0;
        }
        else if (next == 0)
        {
            Stand(ref car);
        }
        else
        {
            car.TimeLoss += street.Dt * (car.Limit - next) / car.Limit;
            if (next > CarFollowing.Halting) car.Waiting = 0;
            else Wait(ref car);
        }
    }

    private void Stand(ref Car car)
    {
        car.TimeLoss += street.Dt;
        Wait(ref car);
    }

    private static void Wait(ref Car car)
    {
        car.Waited++;
        if (++car.Waiting == 1) car.Halts++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrepareChanging(ref Changing changing)
    {
        if (!changing.IsUntouched) changing.Prepare();
    }

    /// <summary>Onto the next lanes, as far as it has driven.</summary>
    /// <returns>How many links it has passed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int GoOn(int slot, ref Car car, ref Changing changing)
    {
        var passed = 0;
        while (car.Position > map.Lanes[car.Lane].Length)
        {
            if (IsOnLast(car)) break;
            var link = passed < car.ItemCount ? items.Of(car)[passed].Link : StreetMap.None;
            if (link < 0 || (street.IsRed(link) && !street.IgnoresRed(street.Kinds[car.Kind], link, canBrake: false)))
            {
                StopAtEnd(ref car);
                break;
            }

            passed++;
            Pass(ref car, ref changing, map.Links[link]);
        }

        return passed;
    }

    private bool IsOnLast(in Car car) => !car.IsInside && street.Routes.IsLast(car.Prospects);

    /// <summary>It may go no farther, however hard that brakes.</summary>
    private void StopAtEnd(ref Car car)
    {
        var length = map.Lanes[car.Lane].Length;
        if (car.Position >= length + CarFollowing.Tiny) (car.Speed, car.Acceleration) = (0, 0);
        car.Position = length;
    }

    private void Pass(ref Car car, ref Changing changing, in LinkFacts link)
    {
        car.Position -= map.Lanes[car.Lane].Length;
        (car.Left1, car.Left2, car.Left3, car.Left4) = (car.Lane, car.Left1, car.Left2, car.Left3);
        (car.Lane, car.IsInside) = (link.Next, link.HasVia);
        car.Metres += map.Lanes[link.From].Length;
        if (!link.HasVia) (car.Place, car.Prospects) = (car.Place + 1, street.Routes.Next(car.Prospects));
        if (link.IsEntry) car.Entered = car.EnteredFirst = street.Step;
        if (!link.WaitsInside && (link.IsEntry || link.IsPlaceExit)) car.EnteredConflict = street.Step;
        if (link.IsExit) car.Entered = car.EnteredFirst = car.EnteredConflict = Car.Never;
        street.Orient(ref car, ref changing);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasArrived(ref Car car)
    {
        if (car.IsInside || car.Link >= 0 || car.HasStops || !street.Routes.IsLast(car.Prospects)) return false;
        if (car.Position <= street.ArrivalPositions[car.Vehicle] - CarFollowing.Slack)
        {
            return false;
        }

        street.Accounts[car.Vehicle].Arrive(street, car);
        return true;
    }
}
