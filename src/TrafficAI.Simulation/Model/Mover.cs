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

    /// <summary>Moves all on the used lanes from one on and below another.</summary>
    public void MoveLanes(int from, int below)
    {
        var used = street.Used;
        for (var word = from >> 6; word << 6 < below; word++)
            for (var bits = used.Word(word, from, below); bits != 0;) MoveLane(LaneSet.Take(word, ref bits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveLane(int lane)
    {
        var slots = street.SlotsOn(lane);
        var length = map.Lanes[lane].Length;
        var gone = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[i];
            ref var car = ref street.Cars[slot];
            ref var changing = ref street.Changings[slot];
            var to = car.Outlook == Outlook.Stuck && !car.IsStopped ? Stay(ref car) : Drive(slot, ref car, ref changing, length);
            if (!changing.IsUntouched) changing.Prepare();
            if (to != Whereabouts.Same)
            {
                AddTo(ref moved, MovedCount++, slot);
                gone++;
            }
            else if (gone > 0)
            {
                slots[i - gone] = slot;
            }

            if (car.Back < 0 && to != Whereabouts.Arrived) AddTo(ref lapping, LappingCount++, slot);
        }

        if (gone > 0) Thin(lane, slots.Length - gone);
    }

    /// <summary>So many are left on the lane.</summary>
    private void Thin(int lane, int kept)
    {
        for (var gone = MovedCount - (street.LaneCount[lane] - kept); gone < MovedCount; gone++)
            street.Occupied[lane] -= street.Kinds[street.Cars[moved[gone]].Kind].Room;
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

    /// <summary>Where a vehicle is after its movement.</summary>
    private enum Whereabouts
    {
        Same,
        OtherLane,
        Arrived,
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Whereabouts Stay(ref Car car)
    {
        (car.MustWait, car.Acceleration) = (true, 0);
        Stand(ref car);
        return Whereabouts.Same;
    }

    /// <param name="length">Of its lane, metres.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Whereabouts Drive(int slot, ref Car car, ref Changing changing, double length)
    {
        var next = NextSpeed(slot, ref car);
        if (car.HasStops) next = stops.Serve(ref car, ref changing, next);
        Account(ref car, next);
        car.Acceleration = (next - car.Speed) * perSecond;
        car.Speed = next;
        var position = car.Position + next * street.Dt;
        car.Position = position;
        if (position > length || car.Link < 0) return Leave(ref car, ref changing);
        FindWillPass(ref car, 0);
        return Whereabouts.Same;
    }

    /// <summary>It may have come to the end of its lane or of its route.</summary>
    private Whereabouts Leave(ref Car car, ref Changing changing)
    {
        var passed = GoOn(ref car, ref changing);
        if (car.Outlook == Outlook.Links) FindWillPass(ref car, passed);
        if (HasArrived(ref car)) return Whereabouts.Arrived;
        return passed > 0 ? Whereabouts.OtherLane : Whereabouts.Same;
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
    private void FindWillPass(ref Car car, int item)
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

    /// <summary>Onto the next lanes, as far as it has driven.</summary>
    /// <returns>How many links it has passed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int GoOn(ref Car car, ref Changing changing)
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
        if (link.IsEntry) car.Entered = car.EnteredFirst = (int)street.Step;
        if (!link.WaitsInside && (link.IsEntry || link.IsPlaceExit)) car.EnteredConflict = (int)street.Step;
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
        car.Outlook = Outlook.Arrived;
        return true;
    }
}
