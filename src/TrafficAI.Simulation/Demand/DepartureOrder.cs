namespace TrafficAI.Simulation.Demand;

/// <summary>SUMO's rule for route files: it reads them as time goes on, and ignores who stands below a later departure.</summary>
/// <param name="sorted">Whether the file must be in order; additional files need not be.</param>
internal sealed class DepartureOrder(bool sorted)
{
    private long last = long.MinValue;

    /// <param name="isLine">Of a public transport line: read ahead of its time, so that the next one may depart earlier.</param>
    public bool Admits(long milliseconds, bool isLine)
    {
        if (sorted && milliseconds < last) return false;
        if (!isLine) last = milliseconds;
        return true;
    }
}
