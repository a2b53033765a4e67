using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>One link from a neighbour, and who is on it.</summary>
public sealed class InflowLink
{
    private const double MemoryVehicles = 100;
    private const double PriorVehicles = 3;
    private const double PriorArrivePart = 0.8;

    /// <summary>The first vehicles of a platoon still gain speed when they are counted.</summary>
    private const double SpeedingUpSeconds = 1;

    /// <summary>Whoever has been under way for so long, behind a queue or not, is forgotten.</summary>
    private const int LongestSeconds = 300;

    /// <summary>Whoever comes less likely is left to the mean arrivals.</summary>
    private const double LeastBelief = 0.5;

    private readonly StreetLink link;
    private readonly int[] roads;
    private readonly EndShares ends;
    private readonly List<UnderWay> underWay = [];
    private readonly TravelTime travel;
    private double ended = PriorVehicles;
    private double arrived = PriorVehicles * PriorArrivePart;
    private ImmutableArray<int> expected = [];
    private int entered;

    /// <param name="lanes">Shared by all links of the intersection.</param>
    public InflowLink(IntersectionModel model, StreetLink link, LaneKeeping lanes)
    {
        this.link = link;
        ends = new(link.Ends, lanes);
        roads = [.. link.Ends.Select(end => model.Lanes[end.StopLane].Road)];
        travel = new(SpeedingUpSeconds + link.Ends.Average(end => Math.Max(1, end.FreeSeconds - AdvanceSeconds(model.Lanes[end.StopLane]))));
    }

    /// <summary>Index of the neighbour in the network.</summary>
    public int From => link.From;

    public LearnedLink Learned => new(From, travel.MeanSeconds, travel.DeviationSeconds, ArrivePart);

    /// <summary>The second of what the neighbour told last.</summary>
    public long ToldAt { get; private set; } = long.MinValue;

    /// <summary>Most of those who enter the link come to the road of a lane.</summary>
    public bool IsSure(int lane) => ComesPart(lane) >= LeastBelief;

    public bool LeadsTo(int lane) => EndAt(lane) >= 0;

    /// <summary>The neighbour has counted so many so far.</summary>
    public void Enter(long second, LinkForecast told, ref uint nextKey)
    {
        var total = told.Entered;
        expected = told.Expected;
        var number = ToldAt == long.MinValue ? 0 : (total - entered + LinkForecast.Modulus) % LinkForecast.Modulus;
        (ToldAt, entered) = (second, total);
        for (var i = 0; i < number; i++) underWay.Add(new(second, link.Ends[ends.Choose()].StopLane, nextKey++));
    }

    /// <summary>How likely it is, per second, that one of those under way crosses the advance loop of a lane now.</summary>
    /// <param name="held">It may have waited in a queue.</param>
    public double Likely(int lane, long second, bool held)
    {
        var sum = 0.0;
        foreach (var one in underWay) sum += Density(second - one.Second, held);
        return sum * ArrivePart * ends.Share(EndAt(lane));
    }

    /// <summary>One has crossed the advance loop of a lane.</summary>
    /// <param name="part">Probability that it came by this link, 0 to 1.</param>
    public void Learn(int lane, double part)
    {
        arrived += part;
        ends.Learn(EndAt(lane), part);
    }

    /// <summary>The first who can be there is there: of those that were taken to go to the lane, else of all.</summary>
    /// <returns>Its key.</returns>
    public uint Take(int lane, long second, bool held)
    {
        var place = -1;
        for (var i = 0; i < underWay.Count; i++)
        {
            if (Density(second - underWay[i].Second, held) <= 0) continue;
            if (place < 0 || underWay[i].StopLane == lane) place = i;
            if (underWay[i].StopLane == lane) break;
        }

        var one = underWay[place];
        if (!held) travel.Learn(second - one.Second);
        End(place);
        return one.Key;
    }

    /// <summary>Forgets who should have come by now.</summary>
    /// <param name="heldFor">Per lane: more than 0 where those who should have come may wait in a queue.</param>
    public void Expire(long second, ReadOnlySpan<int> heldFor)
    {
        for (var i = underWay.Count - 1; i >= 0; i--)
        {
            var seconds = second - underWay[i].Second;
            if (seconds > LongestSeconds || (heldFor[underWay[i].StopLane] == 0 && seconds > travel.MeanSeconds + travel.HalfWidthSeconds)) End(i);
        }
    }

    /// <summary>Forgets all who are under way; nothing is learned of it.</summary>
    public void Clear() => underWay.Clear();

    /// <summary>Adds those who come to a lane; of those who may have turned off only their share.</summary>
    public void AddTo(List<ApproachingVehicle> vehicles, LaneModel lane, long second, bool queued, bool held)
    {
        var free = DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond;
        foreach (var one in underWay)
        {
            if (one.StopLane != lane.Index || Comes(one.StopLane, second - one.Second, held) < LeastBelief) continue;
            var toLoop = travel.LeftSeconds(second - one.Second);
            var queueEnd = LoopQueue.QueueEnd(vehicles);
            var distance = lane.AdvanceDistanceMetres + Math.Max(0.5, toLoop) * free;
            vehicles.Add(queued && lane.AdvanceDistanceMetres + toLoop * free <= queueEnd
                ? new(queueEnd, 0, 0, true, ObjectClass.Car, one.Key)
                : new(Math.Max(distance, queueEnd), free, distance / free, false, ObjectClass.Car, one.Key));
        }
    }

    /// <summary>Adds those whom the neighbour expects to send to a lane, spread as their travel times will spread them.</summary>
    /// <param name="arrivals">Vehicles in each second from now on.</param>
    public void AddExpected(LaneModel lane, long second, Span<double> arrivals)
    {
        var fromLoop = lane.AdvanceDistanceMetres / (DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond);
        var part = ArrivePart * ends.Share(EndAt(lane.Index)) / LinkForecast.Vehicle;
        for (var i = 0; i < expected.Length; i++)
        {
            var counted = ToldAt + 1 + i - second;
            if (expected[i] > 0 && counted >= 0) Spread(expected[i] * part, counted + fromLoop, arrivals);
        }
    }

    private static double AdvanceSeconds(LaneModel lane) => lane.AdvanceDistanceMetres / lane.SpeedMetresPerSecond;

    private void Spread(double vehicles, double from, Span<double> arrivals)
    {
        var first = Math.Max(0, (int)(from + travel.MeanSeconds - travel.HalfWidthSeconds));
        var last = Math.Min(arrivals.Length - 1, (int)(from + travel.MeanSeconds + travel.HalfWidthSeconds));
        for (var at = first; at <= last; at++) arrivals[at] += vehicles * travel.Density(at + 0.5 - from);
    }

    private double ArrivePart => Math.Min(1, arrived / ended);

    /// <summary>Probability that one who has been under way for so long, and has not been seen, will come to the road of a lane.</summary>
    private double Comes(int lane, double seconds, bool held)
    {
        var part = ComesPart(lane);
        var still = part * (held ? 1 : travel.Longer(seconds));
        return still / (still + 1 - part + 1e-9);
    }

    /// <summary>Share of those who enter the link that come to the road of a lane, 0 to 1.</summary>
    private double ComesPart(int lane)
    {
        var road = roads[EndAt(lane)];
        var sum = 0.0;
        for (var i = 0; i < roads.Length; i++) sum += roads[i] == road ? ends.Share(i) : 0;
        return ArrivePart * sum;
    }

    private double Density(double seconds, bool held) =>
        held && seconds > travel.MeanSeconds ? 1 / travel.HalfWidthSeconds : travel.Density(seconds);

    private int EndAt(int lane)
    {
        for (var i = 0; i < link.Ends.Length; i++)
        {
            if (link.Ends[i].StopLane == lane) return i;
        }

        return -1;
    }

    private void End(int place)
    {
        underWay.RemoveAt(place);
        ended++;
        if (ended <= MemoryVehicles) return;
        ended /= 2;
        arrived /= 2;
    }

    /// <summary>A vehicle on a link.</summary>
    /// <param name="Second">When it was counted on to it.</param>
    /// <param name="StopLane">Where it is taken to go.</param>
    private readonly record struct UnderWay(long Second, int StopLane, uint Key);
}
