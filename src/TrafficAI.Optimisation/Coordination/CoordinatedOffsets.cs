using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>Offsets of a corridor with the green bands that they give.</summary>
/// <param name="Offsets">Per junction the street second, modulo the cycle, at which its cycle begins; 0 at the first.</param>
/// <param name="Value">Both widths, weighted.</param>
/// <param name="OutboundBound">No outbound band is wider than the longest green of the junction that has the least.</param>
/// <param name="InboundBound">The same for the other direction.</param>
/// <param name="ValueBound">Both bounds, weighted; no offsets are worth more, and mostly none are worth as much.</param>
public sealed record CoordinatedOffsets(
    ImmutableArray<int> Offsets, GreenBand Outbound, GreenBand Inbound, long Value, int OutboundBound, int InboundBound, long ValueBound)
{
    /// <summary>Value / bound, 0 to 1; 1 where nothing can be had.</summary>
    public double ShareOfBound => ValueBound == 0 ? 1 : (double)Value / ValueBound;

    /// <summary>What given offsets are worth, read from the greens alone.</summary>
    /// <exception cref="ArgumentException">Not one offset per junction.</exception>
    public static CoordinatedOffsets Of(CoordinationProblem problem, ImmutableArray<int> offsets)
    {
        if (offsets.Length != problem.Junctions.Length)
            throw new ArgumentException($"{offsets.Length} offsets for {problem.Junctions.Length} junctions.", nameof(offsets));
        var (outbound, inbound) = (GreenBand.Outbound(problem, offsets), GreenBand.Inbound(problem, offsets));
        var outboundBound = problem.Junctions.Min(j => GreenRuns.Longest(j.OutboundGreen));
        var inboundBound = problem.Junctions.Min(j => GreenRuns.Longest(j.InboundGreen));
        return new(
            offsets, outbound, inbound, problem.Value(outbound.WidthSeconds, inbound.WidthSeconds),
            outboundBound, inboundBound, problem.Value(outboundBound, inboundBound));
    }
}
