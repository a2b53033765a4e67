using System.Collections.Concurrent;
using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Field;

/// <summary>Brings what intersections tell neighbours in other parts of the site to whoever serves those, and what comes from there to the parts that are served here.</summary>
/// <param name="intersections">Of the whole site.</param>
/// <param name="parts">Into which they are shared out.</param>
public sealed class Neighbourhood(int intersections, int parts)
{
    private readonly ConcurrentDictionary<int, Action<ImmutableArray<Telling>>> listeners = new();

    /// <summary>Reaches the others; until it is set, what is told gets lost, as over any link.</summary>
    public INodes? Nodes { get; set; }

    public void Post(ImmutableArray<Telling> tellings)
    {
        foreach (var told in tellings.GroupBy(telling => SitePart.NumberOf(telling.To, intersections, parts))) Nodes?.Post(told.Key, [.. told]);
    }

    public void Hear(int part, ImmutableArray<Telling> tellings)
    {
        if (listeners.TryGetValue(part, out var listener)) listener(tellings);
    }

    /// <summary>A part is served here from now on; until the result is disposed of.</summary>
    public IDisposable Listen(int part, Action<ImmutableArray<Telling>> listener)
    {
        listeners[part] = listener;
        return new End(() => listeners.TryRemove(new(part, listener)));
    }

    private sealed class End(Action act) : IDisposable
    {
        public void Dispose() => act();
    }
}
