using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>Vehicles on their way from neighbours, from the moment at which a neighbour counts them until an advance loop of our own does.</summary>
/// <remarks>What enters a link leaves it by the advance loops, or on the way. Each arrival is explained by those who could be there now, or by the
/// arrivals of which nobody tells: a mixture, whose parts are learned by one step of expectation maximisation for each arrival.</remarks>
public sealed class Inflow
{
    private const double MemorySeconds = 300;
    private const double LeastUntoldPerSecond = 0.002;
    private const double PriorUntoldPerSecond = 0.02;

    /// <summary>An arrival that is less likely one of those on the way is a stranger.</summary>
    private const double LeastBelief = 0.5;

    /// <summary>For so long after a queue stood on the advance loop, whoever comes may have waited in it.</summary>
    private const int HeldSeconds = 20;

    private const uint FirstKey = 0x8000_0000;

    private readonly InflowLink[] links;

    /// <summary>Per lane the links that lead to it.</summary>
    private readonly InflowLink[][] linksOf;

    /// <summary>Per lane: arrivals of which no neighbour tells, in vehicles per second.</summary>
    private readonly double[] untold;

    /// <summary>The same, and those whom a neighbour tells of, but who are not likely to come.</summary>
    private readonly double[] unsure;

    /// <summary>Per lane: arrivals, in vehicles per second.</summary>
    private readonly double[] arrivals;
    private readonly int[] heldFor;
    private readonly IntersectionModel model;
    private readonly double[] expected = new double[RolloutRun.HorizonSeconds];
    private uint nextKey = FirstKey;

    public Inflow(IntersectionModel model)
    {
        this.model = model;
        var lanes = new LaneKeeping();
        links = [.. model.Inlets.Select(link => new InflowLink(model, link, lanes))];
        linksOf = [.. model.Lanes.Select(lane => links.Where(link => link.LeadsTo(lane.Index)).ToArray())];
        untold = new double[model.Lanes.Length];
        unsure = new double[model.Lanes.Length];
        arrivals = new double[model.Lanes.Length];
        heldFor = new int[model.Lanes.Length];
        Array.Fill(untold, PriorUntoldPerSecond);
        Array.Fill(unsure, PriorUntoldPerSecond);
        Array.Fill(arrivals, PriorUntoldPerSecond);
    }

    /// <summary>Share of a lane's arrivals of which nobody tells, 0 to 1.</summary>
    public double UntoldShare(int lane) => linksOf[lane].Length == 0 ? 1 : Math.Min(1, unsure[lane] / arrivals[lane]);

    public ImmutableArray<LearnedLink> Learned => [.. links.Select(link => link.Learned)];

    /// <summary>Takes in what a neighbour has counted.</summary>
    /// <returns>Why it cannot be believed, in a few words; null if nothing is wrong.</returns>
    public string? Believe(Forecast forecast)
    {
        var first = 0;
        while (first < links.Length && links[first].From != forecast.From) first++;
        if (first == links.Length) return $"intersection {forecast.From} is no neighbour";
        var number = 0;
        foreach (var link in links) number += link.From == forecast.From ? 1 : 0;
        if (forecast.Links.Length != number) return $"intersection {forecast.From} tells of {forecast.Links.Length} links, but {number} lead here";
        if (forecast.Second <= links[first].ToldAt) return $"intersection {forecast.From} has told more recently";
        for (var i = 0; i < number; i++) links[first + i].Enter(forecast.Second, forecast.Links[i], ref nextKey);
        return null;
    }

    /// <summary>A second passes.</summary>
    /// <param name="queued">Per lane: a queue stands on the advance loop, so that those who should have come may be behind it.</param>
    public void Pass(long second, ReadOnlySpan<bool> queued)
    {
        for (var lane = 0; lane < heldFor.Length; lane++)
        {
            heldFor[lane] = queued[lane] ? HeldSeconds : Math.Max(0, heldFor[lane] - 1);
            unsure[lane] -= (unsure[lane] - LeastUntoldPerSecond) / MemorySeconds;
            untold[lane] -= (untold[lane] - LeastUntoldPerSecond) / MemorySeconds;
            arrivals[lane] -= (arrivals[lane] - LeastUntoldPerSecond) / MemorySeconds;
        }

        foreach (var link in links) link.Expire(second, heldFor);
    }

    /// <summary>Forgets all who are under way: where vehicles are seen, nobody asks for them.</summary>
    public void Clear()
    {
        foreach (var link in links) link.Clear();
    }

    /// <summary>A vehicle crosses the advance loop of a lane.</summary>
    /// <returns>The key under which it was known; null if nobody had told of it.</returns>
    public uint? Arrived(int lane, long second)
    {
        var held = heldFor[lane] > 0;
        var (told, sure) = (0.0, 0.0);
        InflowLink? best = null;
        var most = 0.0;
        foreach (var link in linksOf[lane])
        {
            var likely = link.Likely(lane, second, held);
            told += likely;
            sure += link.IsSure(lane) ? likely : 0;
            if (likely <= most) continue;
            (best, most) = (link, likely);
        }

        var all = told + untold[lane];
        foreach (var link in linksOf[lane]) link.Learn(lane, link.Likely(lane, second, held) / all);
        untold[lane] += (1 - told / all) / MemorySeconds;
        unsure[lane] += (1 - sure / all) / MemorySeconds;
        arrivals[lane] += 1 / MemorySeconds;
        return told / all >= LeastBelief ? best!.Take(lane, second, held) : null;
    }

    /// <summary>Adds when further vehicles are expected at a stop line, in seconds from now, rising: after those of <see cref="AddTo"/>, each
    /// when half of one more has come.</summary>
    public void AddExpected(int lane, long second, List<double> times)
    {
        if (linksOf[lane].Length == 0) return;
        Array.Clear(expected);
        foreach (var link in linksOf[lane]) link.AddExpected(model.Lanes[lane], second, expected);
        var sum = 0.0;
        for (var t = 0; t < expected.Length; t++)
        {
            for (sum += expected[t]; sum >= times.Count + 0.5;) times.Add(t + 0.5);
        }
    }

    /// <summary>Adds those who come to a lane, the nearest first.</summary>
    /// <param name="vehicles">Those who have passed the advance loop.</param>
    /// <param name="queued">A queue stands on the advance loop.</param>
    public void AddTo(List<ApproachingVehicle> vehicles, LaneModel lane, long second, bool queued)
    {
        foreach (var link in linksOf[lane.Index]) link.AddTo(vehicles, lane, second, queued, heldFor[lane.Index] > 0);
    }
}
