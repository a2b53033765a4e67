using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>Vehicles that exit loops count and that have left no lane that is seen: they come from lanes that are not.</summary>
/// <remarks>Running means over five minutes, so that the way through the junction plays no part. What several lanes can explain is parted by
/// their shares of turns and the green that the local plan gives them.</remarks>
internal sealed class UnexplainedFlow
{
    private const double MemorySeconds = 300;
    private const double LearnedAfterSeconds = 120;

    /// <summary>A lane is told only if so much of its traffic goes to exits that are seen.</summary>
    private const double LeastSeenShare = 0.5;

    private readonly IntersectionModel model;
    private readonly double[] weights;
    private readonly double[] counted;
    private readonly double[] explained;
    private readonly double[] fromLanes;
    private readonly bool[] seen;
    private readonly double[] flow;
    private readonly double[] claims;
    private double seconds;

    public UnexplainedFlow(IntersectionModel model)
    {
        this.model = model;
        weights = [.. model.Lanes.Select(lane => PlanGreens.ShareOf(model, lane.Index))];
        counted = new double[model.ExitDetectors.Length];
        explained = new double[model.ExitDetectors.Length];
        fromLanes = new double[model.ExitDetectors.Length];
        seen = new bool[model.ExitDetectors.Length];
        claims = new double[model.ExitDetectors.Length];
        flow = new double[model.Lanes.Length];
        Array.Fill(flow, -1);
    }

    /// <summary>Vehicles per second that seem to leave a lane that is not seen; null where that cannot be told.</summary>
    public double? PerSecond(int lane) => flow[lane] >= 0 ? flow[lane] : null;

    /// <summary>Takes in one second.</summary>
    /// <param name="passed">Per stop lane the vehicles that its detectors have seen at the line.</param>
    /// <param name="shares">Per movement its share of its lane.</param>
    public void Observe(ImmutableArray<LoopReading> loops, ReadOnlySpan<int> passed, ImmutableArray<double> shares, HealthWatch health)
    {
        Learn(loops, passed, shares, health);
        var (all, positive) = Rest(shares, health);
        foreach (var lane in model.Lanes) flow[lane.Index] = seconds >= LearnedAfterSeconds && health.MayBeBlind(lane.Index) ? Part(lane, shares, all, positive) : -1;
    }

    private void Learn(ImmutableArray<LoopReading> loops, ReadOnlySpan<int> passed, ImmutableArray<double> shares, HealthWatch health)
    {
        seconds = Math.Min(MemorySeconds, seconds + 1);
        Array.Clear(fromLanes);
        foreach (var movement in model.Movements)
        {
            if (!health.IsBlind(movement.StopLane)) fromLanes[movement.Exit] += passed[movement.StopLane] * shares[movement.Index];
        }

        for (var exit = 0; exit < counted.Length; exit++)
        {
            seen[exit] = health.IsProved(model.ExitDetectors[exit]);
            counted[exit] += (loops[model.ExitDetectors[exit]].Count - counted[exit]) / seconds;
            explained[exit] += (fromLanes[exit] - explained[exit]) / seconds;
        }
    }

    /// <summary>What is unexplained at all exits together, and at those alone that have too many.</summary>
    private (double All, double Positive) Rest(ImmutableArray<double> shares, HealthWatch health)
    {
        Array.Clear(claims);
        foreach (var movement in model.Movements)
        {
            if (health.MayBeBlind(movement.StopLane)) claims[movement.Exit] += shares[movement.Index] * weights[movement.StopLane];
        }

        var (all, positive) = (0.0, 0.0);
        for (var exit = 0; exit < counted.Length; exit++)
        {
            if (!seen[exit]) continue;
            all += counted[exit] - explained[exit];
            positive += claims[exit] > 0 ? Math.Max(0, counted[exit] - explained[exit]) : 0;
        }

        return (Math.Max(0, all), positive);
    }

    private double Part(LaneModel lane, ImmutableArray<double> shares, double all, double positive)
    {
        var (part, seenShare) = (0.0, 0.0);
        foreach (var m in lane.Movements)
        {
            var exit = model.Movements[m].Exit;
            if (!seen[exit]) continue;
            seenShare += shares[m];
            if (claims[exit] > 0) part += Math.Max(0, counted[exit] - explained[exit]) * shares[m] * weights[lane.Index] / claims[exit];
        }

        if (seenShare < LeastSeenShare) return -1;
        return positive > 0 ? part * Math.Min(1, all / positive) / seenShare : 0;
    }
}
