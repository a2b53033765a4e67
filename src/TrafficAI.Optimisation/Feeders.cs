namespace TrafficAI.Optimisation;

/// <summary>The lanes upstream in which vehicles for different stop lanes stand in one file.</summary>
public sealed class Feeders
{
    private readonly int[] last;
    private readonly int[] usual;
    private readonly int stopLanes;

    public Feeders(IntersectionModel model)
    {
        stopLanes = model.Lanes.Length;
        var observed = model.Intersection.ObservedLanes;
        last = new int[observed.Length * stopLanes];
        usual = new int[stopLanes];
        Array.Fill(usual, -1);
        for (var from = 0; from < observed.Length; from++)
        {
            for (var lane = 0; lane < stopLanes; lane++)
            {
                var feeder = -1;
                var leads = from >= stopLanes && observed[from].StopLanes.Contains(lane);
                for (var at = leads ? from : -1; at >= stopLanes; at = model.Next(at, lane))
                {
                    if (observed[at].StopLanes.Length > 1) feeder = at;
                }

                last[from * stopLanes + lane] = feeder;
                if (usual[lane] < 0) usual[lane] = feeder;
            }
        }
    }

    /// <summary>The last lane with traffic for several stop lanes on the way from an observed lane to a stop lane; −1 for none.</summary>
    public int Last(int observedLane, int stopLane) => observedLane < stopLanes ? -1 : last[observedLane * stopLanes + stopLane];

    /// <summary>The feeder of vehicles that are not in sight yet; −1 for none.</summary>
    public int Usual(int stopLane) => usual[stopLane];
}
