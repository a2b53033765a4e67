namespace TrafficAI.Optimisation.Reconstruction;

/// <summary>Who came to one approach, and who left it.</summary>
internal sealed class ApproachCount(int edge)
{
    /// <summary>By rising second; a vehicle may be counted twice, where it passes two advance loops.</summary>
    public List<(double Second, double DistanceMetres)> Came { get; } = [];

    /// <summary>By rising second, those who still wait last.</summary>
    public List<(long? Second, int Exit)> Left { get; } = [];

    /// <summary>As many as left or wait. The i-th came when the same share of all counts had come, and not later than it could have.</summary>
    public IEnumerable<Visit> Visits()
    {
        for (var i = 0; i < Left.Count; i++)
        {
            var (second, exit) = Left[i];
            var (came, distance) = Came.Count == 0 ? (second ?? 0, 0) : Came[(int)((i + 0.5) * Came.Count / Left.Count)];
            yield return new(edge, Math.Min(came, second ?? came), distance, second, exit);
        }
    }
}
