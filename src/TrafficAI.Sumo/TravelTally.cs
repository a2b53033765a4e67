namespace TrafficAI.Sumo;

/// <summary>Sums up what <see cref="TravelFigures"/> tells.</summary>
/// <param name="busTypes">Ids of the types that are buses.</param>
internal sealed class TravelTally(IReadOnlySet<string> busTypes)
{
    private readonly List<double> stops = [];
    private readonly List<double> metres = [];
    private readonly List<double> milligrams = [];
    private readonly List<double> busDelays = [];
    private readonly List<double> walkDelays = [];

    /// <param name="entered">Whether it got into the street.</param>
    /// <param name="delay">Seconds.</param>
    public void Add(Trip trip, bool entered, double delay)
    {
        if (busTypes.Contains(trip.Type))
            busDelays.Add(delay);
        if (!entered)
            return;
        AddKnown(stops, trip.Stops);
        AddKnown(metres, trip.RouteMetres);
        AddKnown(milligrams, trip.Co2Milligrams);
    }

    public void Add(Walk walk) => walkDelays.Add(walk.TimeLoss);

    public TravelFigures Sum()
    {
        var km = metres.Count > 0 ? metres.Sum() / 1000 : (double?)null;
        return new(
            Rounded(Mean(stops)), Rounded(km), milligrams.Count > 0 && km > 0 ? Rounded(milligrams.Sum() / 1000 / km) : null,
            busDelays.Count, Rounded(Mean(busDelays)), walkDelays.Count, Rounded(Mean(walkDelays)));
    }

    private static void AddKnown(List<double> to, double? value)
    {
        if (value is { } known)
            to.Add(known);
    }

    private static double? Mean(List<double> values) => values.Count > 0 ? values.Average() : null;

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 2) : null;
}
