using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Counts from the frames of one intersection who came to its stop lines, movement by movement, in quarters of an hour of the day.</summary>
/// <remarks>Who has left, and by how much the standing queue has grown: who stands in front of red belongs to the demand. Lanes are counted; which way
/// their vehicles took is known as far as exit loops and lights tell it (see <see cref="TurnShares"/>).</remarks>
public sealed class DemandCounter
{
    private const int DaySeconds = 86_400;

    private readonly IntersectionModel model;
    private readonly Estimator estimator;
    private readonly SortedDictionary<int, CountedInterval> intervals = [];
    private readonly double[] came;
    private readonly double[] queueBefore;
    private TrafficPicture? picture;
    private int interval = -1;
    private long seconds;

    public DemandCounter(IntersectionModel model)
    {
        this.model = model;
        estimator = new(model);
        came = new double[model.Lanes.Length];
        queueBefore = new double[model.Lanes.Length];
    }

    /// <summary>Takes the next frame; frames come by rising second, gaps are not counted.</summary>
    public void Add(Frame frame)
    {
        var now = (int)((frame.Second % DaySeconds + DaySeconds) % DaySeconds) / CountedInterval.LengthSeconds;
        if (now != interval) Close();
        interval = now;
        picture = estimator.Observe(frame);
        seconds++;
        for (var lane = 0; lane < came.Length; lane++) came[lane] += estimator.Departures[lane];
    }

    /// <summary>All that was counted.</summary>
    public IntersectionCounts Counts()
    {
        Close();
        return new([.. intervals.Values], [.. model.Lanes.Select(l => picture?.Lanes[l.Index].HeadwaySeconds ?? DischargeRates.HeadwaySeconds)]);
    }

    private void Close()
    {
        if (picture is null || seconds == 0) return;
        var vehicles = new double[model.Movements.Length];
        foreach (var lane in model.Lanes)
        {
            var queue = picture.Lanes[lane.Index].Queue;
            var arrived = Math.Max(0, came[lane.Index] + queue - queueBefore[lane.Index]);
            foreach (var movement in lane.Movements) vehicles[movement] = arrived * picture.TurnShares[movement];
            queueBefore[lane.Index] = queue;
        }

        var from = interval * CountedInterval.LengthSeconds;
        var counted = new CountedInterval(from, seconds, [.. vehicles]);
        intervals[from] = intervals.TryGetValue(from, out var before)
            ? new(from, before.Seconds + seconds, [.. before.Vehicles.Zip(vehicles, (a, b) => a + b)])
            : counted;
        Array.Clear(came);
        seconds = 0;
    }
}
