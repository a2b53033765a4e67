namespace TrafficAI.Simulation.Tests;

internal sealed class Threads(int count) : IWorkers
{
    public int Count => count;

    public void Run(Action<int> part) => Parallel.For(0, count, part);
}
