namespace TrafficAI.Simulation;

/// <summary>Runs the parts of a step, possibly at the same time.</summary>
public interface IWorkers
{
    /// <summary>Number of parts, at least 1.</summary>
    int Count { get; }

    /// <summary>Calls <paramref name="part"/> once for each number from 0 below <see cref="Count"/>, and returns when all have returned.</summary>
    void Run(Action<int> part);
}
