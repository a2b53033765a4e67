using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Runtime;

/// <summary>Keeps the forecasts of the intersections for one another until the receiver's next input: of a second it gets those that were made
/// before it, whoever was quicker.</summary>
/// <remarks>All members may be called from several threads at once.</remarks>
public sealed class ForecastPost
{
    /// <summary>An intersection that hears nothing for so long loses what is older.</summary>
    public const int MostKept = 256;

    private readonly Lock gate = new();
    private readonly Dictionary<int, List<Forecast>> waiting = [];

    public void Post(ImmutableArray<Telling> tellings)
    {
        if (tellings.IsEmpty) return;
        lock (gate)
        {
            foreach (var (to, forecast) in tellings) Put(to, forecast);
        }
    }

    /// <summary>Takes what an intersection has not got yet, made before <paramref name="second"/>: by second, then by sender.</summary>
    public ImmutableArray<Forecast> Take(int to, long second)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(to, out var all)) return [];
            ImmutableArray<Forecast> due = [.. all.Where(f => f.Second < second).OrderBy(f => f.Second).ThenBy(f => f.From)];
            if (!due.IsEmpty) all.RemoveAll(f => f.Second < second);
            return due;
        }
    }

    private void Put(int to, Forecast forecast)
    {
        if (!waiting.TryGetValue(to, out var all)) waiting.Add(to, all = []);
        if (all.Count == MostKept) all.RemoveAt(0);
        all.Add(forecast);
    }
}
