using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Optimisation.Metering;

/// <summary>How full the streets around one intersection stand: its own, and, ever more faintly, those of its neighbours and of theirs.</summary>
/// <remarks>Own load is the room that standing vehicles take on inner lanes (those that a neighbour feeds) over the room in sight on the streets that lead there. What is told is
/// (own + mean of what neighbours tell) / 2, so that load spreads over the region without a centre and without a common clock.</remarks>
public sealed class RegionLoad
{
    /// <summary>Everything stands.</summary>
    public const int Full = 100;

    /// <summary>A neighbour that has been silent for longer does not count.</summary>
    public const int SilentSeconds = 30;

    /// <summary>Vehicles are seen so far at most.</summary>
    private const double SightMetres = 200;

    private readonly int[] neighbours;
    private readonly int[] heard;
    private readonly long[] heardAt;
    private readonly bool[] isInner;
    private readonly double roomMetres;

    public RegionLoad(IntersectionModel model)
    {
        neighbours = [.. model.Inlets.Select(link => link.From).Distinct().Order()];
        heard = new int[neighbours.Length];
        heardAt = new long[neighbours.Length];
        isInner = new bool[model.Lanes.Length];
        Array.Fill(heardAt, long.MinValue / 2);
        foreach (var end in model.Inlets.SelectMany(link => link.Ends)) isInner[end.StopLane] = true;
        roomMetres = model.Lanes.Where(lane => isInner[lane.Index]).Sum(lane => Math.Min(SightMetres, lane.LengthMetres)) + model.Inlets.Sum(link => BeforeLanes(model, link));
    }

    /// <summary>Takes in what a neighbour has told.</summary>
    /// <param name="second">Street second of what it was made on.</param>
    /// <param name="percent">0 to <see cref="Full"/>.</param>
    public void Hear(int from, long second, int percent)
    {
        var at = Array.IndexOf(neighbours, from);
        if (at < 0 || second < heardAt[at]) return;
        (heard[at], heardAt[at]) = (percent, second);
    }

    /// <summary>The load of the region as seen from here, in whole percent: what neighbours are told, and gates go by.</summary>
    public int Percent(TrafficPicture picture)
    {
        var own = Own(picture);
        var (sum, count) = (0, 0);
        for (var i = 0; i < heard.Length; i++)
        {
            if (picture.Second - heardAt[i] > SilentSeconds) continue;
            sum += heard[i];
            count++;
        }

        return (int)((count == 0 ? own : (own + (double)sum / count) / 2) + 0.5);
    }

    private double Own(TrafficPicture picture)
    {
        var standing = 0.0;
        for (var lane = 0; lane < isInner.Length; lane++) standing += isInner[lane] ? picture.Lanes[lane].Queue : 0;
        return roomMetres > 0 ? Math.Min(Full, Full * standing * DischargeRates.JamSpacingMetres / roomMetres) : 0;
    }

    /// <summary>What is in sight of a link before its stop lanes begin.</summary>
    private static double BeforeLanes(IntersectionModel model, StreetLink link) => link.Ends
        .Select(end => Math.Min(SightMetres, end.LengthMetres) - model.Lanes[end.StopLane].LengthMetres).Append(0).Max();
}
