namespace TrafficAI.Benchmarks;

/// <summary>Counts on each edge who drove on it, and how many stood on it in one second at most.</summary>
internal sealed class EdgeTally
{
    private const double Halting = 0.1;
    private readonly SortedDictionary<string, HashSet<string>> vehicles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> standing = [];
    private readonly Dictionary<string, int> longest = [];

    public IEnumerable<string> Edges => vehicles.Keys;

    /// <param name="speed">In m/s; slower than 0.1 is standing.</param>
    public void See(string edge, string vehicle, double speed)
    {
        if (!vehicles.TryGetValue(edge, out var known)) vehicles[edge] = known = [];
        known.Add(vehicle);
        if (speed < Halting) standing[edge] = standing.GetValueOrDefault(edge) + 1;
    }

    public void EndSecond()
    {
        foreach (var (edge, count) in standing) longest[edge] = Math.Max(longest.GetValueOrDefault(edge), count);
        standing.Clear();
    }

    public int Vehicles(string edge) => vehicles.TryGetValue(edge, out var known) ? known.Count : 0;

    public int Queue(string edge) => longest.GetValueOrDefault(edge);
}
