using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Takes back the wish to enter a junction that could not be left.</summary>
/// <remarks>SUMO 1.15, MSVehicle.checkRewindLinkLanes.</remarks>
internal sealed class BlockedExits(StreetState street)
{
    private readonly StreetMap map = street.Map;

    /// <param name="inFront">Room taken by those in front on the same lane, metres.</param>
    public void Check(Span<Item> items, int slot, in Car car, in Kind kind, double inFront)
    {
        var foundStopped = FindRoom(slot, car, kind, inFront, items);
        foundStopped |= PassOnRoom(car, kind, items);
        if (foundStopped) Withdraw(car, kind, items);
    }

    /// <summary>Adds up the free room behind each link.</summary>
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
        if (!standing && !street.Cars[last].MustWait && !street.Cars[last].IsStopped) return;
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
