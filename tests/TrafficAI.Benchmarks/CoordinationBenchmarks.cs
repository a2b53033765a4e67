using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Benchmarks;

/// <summary>The widest bands of a corridor: the work grows with junctions × cycle².</summary>
[MemoryDiagnoser]
public class CoordinationBenchmarks
{
    private CoordinationProblem problem = null!;

    [Params(5, 20)]
    public int Junctions { get; set; }

    [Params(90, 180)]
    public int CycleSeconds { get; set; }

    /// <summary>Two greens in each direction at each junction, none alike.</summary>
    [GlobalSetup]
    public void SetUp() => problem = new(
        [.. Enumerable.Range(0, Junctions).Select(i => new CoordinatedJunction(Greens(7 * i, 30 + i % 5), Greens(5 * i, 35 - i % 4), 23 * i, 26 * i))], 3, 2);

    [Benchmark]
    public CoordinatedOffsets WidestBands() => MaximumBandwidth.Solve(problem);

    private ImmutableArray<bool> Greens(int begin, int length) =>
        [.. Enumerable.Range(0, CycleSeconds).Select(second => (second + begin) % CycleSeconds < length || (second + 3 * begin) % CycleSeconds < length / 2)];
}
