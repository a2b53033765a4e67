using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Takes back the wish to enter a junction that could not be left.</summary>
/// <remarks>SUMO 1.15, MSVehicle.checkRewindLinkLanes.</remarks>
internal sealed class BlockedExits(StreetState street)
{
    private readonly StreetMap map = street.Map;

    public void Check(Span<Item> items, int slot, in Car car, in Kind kind)
    {
        if (!MayBeBlocked(items, slot, car, kind)) return;
        var foundStopped = FindRoom(slot, car, kind, RoomInFront(slot, car.Lane), items);
        foundStopped |= PassOnRoom(car, kind, items);
        if (foundStopped) Withdraw(car, kind, items);
    }

    /// <summary>Somebody may stand behind one of the links, or one that is needed to leave a junction be closed. Without that no wish is taken back.</summary>
    private bool MayBeBlocked(ReadOnlySpan<Item> items, int slot, in Car car, in Kind kind)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var at = items[i].Link;
            if (at < 0) continue;
            ref readonly var link = ref map.Links[at];
            var isNeeded = i + 1 < items.Length;
            if (isNeeded && i > 0 && !street.HasPriority(at)) return true;
            if (!link.HasVia)
            {
                if (SomebodyStands(slot, link.Next)) return true;
            }
            else if ((isNeeded && items[i + 1] is { Link: >= 0, Request: false }) || (street.LaneCount[link.Next] > 0 && !street.KeepsClear(car, kind, at)))
            {
                return true;
            }
        }

        return false;
    }

    private bool SomebodyStands(int slot, int lane)
    {
        var cars = street.On(lane);
        if (cars.IsEmpty) return street.Lapping[lane] is >= 0 and var lapping && HasToWait(street.Cars[lapping]);
        if (cars[^1] != slot && HasToWait(street.Cars[cars[^1]])) return true;
        foreach (var other in cars) if (street.Cars[other].Speed < CarFollowing.Halting) return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasToWait(in Car car) => car.MustWait || car.IsStopped;

    /// <summary>Taken by those in front on the same lane, metres.</summary>
    private double RoomInFront(int slot, int lane)
    {
        var room = 0.0;
        foreach (var other in street.On(lane))
        {
            if (other == slot) break;
            room += street.Kinds[street.Cars[other].Kind].Room;
        }

        return room;
    }

    /// <summary>Adds up the free room behind each link.</summary>
    /// <param name="inFront">Room taken by those in front on the same lane, metres.</param>
    private bool FindRoom(int slot, in Car car, in Kind kind, double inFront, Span<Item> items)
    {
        var (room, foundStopped) = (-inFront, false);
        foreach (ref var item in items)
        {
            if (item.Link < 0 || foundStopped)
            {
                item.Room = (float)(foundStopped ? room : item.Room + room);
                continue;
            }

            ref readonly var link = ref map.Links[item.Link];
            var next = link.Next;
            if (link.HasVia)
            {
                if (street.KeepsClear(car, kind, item.Link))
                {
                    room -= street.Occupied[next];
                    if (next == car.Lane) room += kind.Room;
                }
                else
                {
                    room += RoomBeforeStanding(slot, next, ref foundStopped);
                }
            }
            else
            {
                FindRoomBehind(slot, kind, car, ref item, next, ref room, ref foundStopped);
            }

            item.Room = (float)room;
        }

        return foundStopped;
    }

    private void FindRoomBehind(int slot, in Kind kind, in Car car, ref Item item, int lane, ref double room, ref bool foundStopped)
    {
        var last = street.On(lane) is [.., var rearmost] ? rearmost : street.Lapping[lane];
        if (last < 0 || last == slot)
        {
            if (map.Lanes[lane].Length > kind.Length || street.KeepsClear(car, kind, item.Link)) room += map.Lanes[lane].Length;
            return;
        }

        var standing = false;
        room += RoomBeforeStanding(slot, lane, ref standing);
        if (!standing && !HasToWait(street.Cars[last])) return;
        (foundStopped, item.HadStopped) = (true, true);
    }

    private double RoomBeforeStanding(int slot, int lane, ref bool foundStopped)
    {
        var lengths = 0.0;
        var cars = street.On(lane);
        for (var i = cars.Length - 1; i >= 0; i--)
        {
            ref readonly var car = ref street.Cars[cars[i]];
            ref readonly var kind = ref street.Kinds[car.Kind];
            if (car.Speed < CarFollowing.Halting && cars[i] != slot)
            {
                foundStopped = true;
                return car.Back + CarFollowing.BrakeGap(car.Speed, kind.Deceleration, kind.Tau, street.Dt) - lengths;
            }

            lengths += kind.Room;
        }

        return map.Lanes[lane].Length - lengths;
    }

    /// <summary>A junction that can be left at once has the room behind it; one that cannot is like a stopped vehicle.</summary>
    private bool PassOnRoom(in Car car, in Kind kind, Span<Item> items)
    {
        var foundClosed = false;
        for (var i = items.Length - 1; i > 0; i--)
        {
            ref var item = ref items[i - 1];
            ref readonly var next = ref items[i];
            if (item.Link < 0) continue;
            var canLeave = !map.Links[item.Link].HasVia || next.Link < 0 || next.Request;
            var isOpen = canLeave && (street.HasPriority(item.Link) || i == 1 || IsOpen(car, kind, item));
            var goesOn = (street.MayWaitInside(item.Link) || isOpen) && !item.HadStopped;
            if (!isOpen)
            {
                foundClosed = true;
                if (i > 1 && items[i - 2].Link >= 0 && street.MayWaitInside(items[i - 2].Link)) goesOn = true;
            }

            if (goesOn) item.Room = next.Room;
        }

        return foundClosed;
    }

    private bool IsOpen(in Car car, in Kind kind, in Item item) => RightOfWay.IsOpen(
        street,
        item.Link,
        new(car.Vehicle, item.Arrival, item.ArrivalSpeed, item.LeaveSpeed, kind.Length, street.Impatience(car, kind), kind.Deceleration, car.Waiting, kind.TimeGapMinor),
        ignoresRed: false);

    private void Withdraw(in Car car, in Kind kind, Span<Item> items)
    {
        var from = -1;
        for (var i = 0; i < items.Length && from < 0; i++)
        {
            if (items[i].Link >= 0 && items[i].Room < kind.Room && street.KeepsClear(car, kind, items[i].Link)) from = i;
        }

        if (from < 0 || (from == 0 && map.Lanes[car.Lane].IsInside)) return;
        foreach (ref var item in items[from..])
        {
            item.Pass = item.Wait;
            if (item.Distance >= car.BrakeGap || (item.Distance > 0 && car.Speed < kind.StepBraking)) item.Request = false;
        }
    }
}
