using TrafficAI.Signals.Street;

namespace TrafficAI.Simulation.Ports;

/// <summary>Finds who lay on one loop during a second, since when and until when, as SUMO's own loops do: from the way of the front and of the
/// back through the second; who changes lane does so at its end.</summary>
internal sealed class LoopWatch
{
    private readonly LoopSensor sensor;
    private readonly int lane;
    private readonly double laneLength;
    private readonly double begin;
    private readonly double end;
    private List<Passing> before = [];
    private List<Passing> now = [];
    private LaneCar[] cars = new LaneCar[16];

    /// <param name="middle">Where the detector lies, metres from the begin of the lane.</param>
    public LoopWatch(LoopSensor sensor, int lane, double laneLength, double middle)
    {
        (this.sensor, this.lane, this.laneLength) = (sensor, lane, laneLength);
        var extent = LoopExtent.Of(middle, laneLength);
        (begin, end) = (extent.Begin, extent.Begin + extent.Length);
    }

    /// <summary>Looks at the second that has just ended.</summary>
    public void Look(Street street, Sightings sightings)
    {
        sensor.Begin();
        now.Clear();
        foreach (var known in before)
        {
            if (sightings.LaneOf(known.Vehicle) != lane) MoveOn(known, sightings);
        }
        foreach (var car in Cars(street))
            Meet(car);
        (before, now) = (now, before);
        sensor.End();
    }

    private ReadOnlySpan<LaneCar> Cars(Street street)
    {
        var count = street.ReadLane(lane, cars);
        if (count > cars.Length)
        {
            cars = new LaneCar[2 * count];
            street.ReadLane(lane, cars);
        }
        return cars.AsSpan(0, count);
    }

    /// <summary>A vehicle whose front is on the lane.</summary>
    private void Meet(in LaneCar car)
    {
        var from = car.Position - car.Speed;
        var cameFromBeside = from >= 0 && !Knows(car.Vehicle); // or into the street
        Cover(car.Vehicle, cameFromBeside ? car.Position : from, car.Position, car.Length, cameFromBeside ? 1 : 0);
        if (car.Position - car.Length <= end) now.Add(new(car.Vehicle, car.Position, car.Length));
    }

    /// <summary>A vehicle whose front was on the lane, or beyond it, and is not on it now.</summary>
    private void MoveOn(in Passing known, Sightings sightings)
    {
        var front = known.Front + sightings.SpeedOf(known.Vehicle);
        Cover(known.Vehicle, known.Front, front, known.Length, earliest: 0);
        var isInLane = front < laneLength && known.Front < laneLength;
        if (!isInLane && front - known.Length <= end && sightings.LaneOf(known.Vehicle) >= 0) now.Add(known with { Front = front });
    }

    private bool Knows(int vehicle)
    {
        foreach (var known in before)
        {
            if (known.Vehicle == vehicle) return true;
        }
        return false;
    }

    /// <param name="earliest">The share of the second before which it was not on the lane.</param>
    private void Cover(int vehicle, double from, double to, double length, double earliest)
    {
        var gone = end + length;
        if (to < begin || from > gone) return;
        var moved = to - from;
        var entered = from >= begin || moved <= 0 ? earliest : (begin - from) / moved;
        sensor.Cover((ulong)vehicle, entered, to <= gone || moved <= 0 ? 1 : (gone - from) / moved);
    }

    /// <param name="Front">Its front at the end of the last second, metres from the begin of the lane; beyond its length further on.</param>
    private readonly record struct Passing(int Vehicle, double Front, double Length);
}
