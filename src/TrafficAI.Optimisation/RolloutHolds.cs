namespace TrafficAI.Optimisation;

/// <summary>Runs that hold the running phase for a while: most of them take the course of a shorter hold, and are not run again.</summary>
public sealed class RolloutHolds
{
    private readonly RolloutRun run;
    private readonly RolloutCourse[] courses;
    private readonly int[] known = new int[VehicleTable.Samples];
    private readonly int most;

    /// <param name="most">Holds that are tried in one decision.</param>
    public RolloutHolds(RolloutRun run, int most)
    {
        this.run = run;
        this.most = most;
        courses = [.. Enumerable.Range(0, VehicleTable.Samples * most).Select(_ => new RolloutCourse())];
    }

    /// <summary>Forgets the courses of the last decision.</summary>
    public void Clear() => Array.Clear(known);

    /// <summary>As <see cref="RolloutRun.Run"/> of the running phase.</summary>
    public double Run(int phase, int holdSeconds, int sample, double limit)
    {
        var ofSample = courses.AsSpan(sample * most, most);
        foreach (var course in ofSample[..known[sample]])
        {
            if (course.IsThatOf(run.FirstQuestion(phase, holdSeconds)) && course.Cost(limit) is { } cost) return cost;
        }

        return run.Run(phase, holdSeconds, sample, limit, ofSample[known[sample]++]);
    }
}
