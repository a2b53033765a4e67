using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>A corridor with a common cycle, and what a second of green band is worth in each direction. All times are whole seconds.</summary>
public sealed record CoordinationProblem
{
    /// <param name="junctions">In outbound order, at least one; all greens as long as the cycle.</param>
    /// <param name="outboundWeight">Worth of a second of band, 0 or more, such as the vehicles counted.</param>
    /// <param name="inboundWeight">The same for the other direction; one of the two is more than 0.</param>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public CoordinationProblem(ImmutableArray<CoordinatedJunction> junctions, long outboundWeight, long inboundWeight)
    {
        if (junctions.IsDefaultOrEmpty || junctions[0].OutboundGreen.IsEmpty)
            throw new ArgumentException("A corridor has at least one junction, and a cycle at least one second.", nameof(junctions));
        CycleSeconds = junctions[0].OutboundGreen.Length;
        if (junctions.Any(j => j.OutboundGreen.Length != CycleSeconds || j.InboundGreen.Length != CycleSeconds))
            throw new ArgumentException("All junctions of a corridor have the same cycle.", nameof(junctions));
        if (outboundWeight < 0 || inboundWeight < 0 || outboundWeight + inboundWeight == 0)
            throw new ArgumentException("Weights are 0 or more, and one of them is more.", nameof(outboundWeight));
        (Junctions, OutboundWeight, InboundWeight) = (junctions, outboundWeight, inboundWeight);
    }

    public ImmutableArray<CoordinatedJunction> Junctions { get; }

    public int CycleSeconds { get; }

    public long OutboundWeight { get; }

    public long InboundWeight { get; }

    /// <summary>A second of the cycle, from any second.</summary>
    public int Wrap(long second)
    {
        var rest = (int)(second % CycleSeconds);
        return rest < 0 ? rest + CycleSeconds : rest;
    }

    /// <summary>The worth of two bands.</summary>
    public long Value(int outboundWidth, int inboundWidth) => OutboundWeight * outboundWidth + InboundWeight * inboundWidth;
}
