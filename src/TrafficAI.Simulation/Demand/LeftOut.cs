using System.Collections.Immutable;

namespace TrafficAI.Simulation.Demand;

/// <summary>Counts what the files hold and the simulator leaves out.</summary>
internal sealed class LeftOut
{
    private readonly List<NotSupported> list = [];
    private readonly Dictionary<string, int> place = new(StringComparer.Ordinal);

    public void Add(DemandElement at, string what)
    {
        if (place.TryGetValue(what, out var index))
        {
            list[index] = list[index] with { Count = list[index].Count + 1 };
            return;
        }
        place.Add(what, list.Count);
        list.Add(new(what, 1, at.File, at.Line));
    }

    /// <summary>Counts each attribute that is neither used nor without effect.</summary>
    public void AddAttributes(DemandElement element, params ReadOnlySpan<ImmutableHashSet<string>> known)
    {
        foreach (var attribute in element.Attributes)
        {
            if (!IsKnown(attribute, known))
                Add(element, $"{element.Name} attribute \"{attribute}\"");
        }
    }

    public ImmutableArray<NotSupported> ToImmutable() => [.. list];

    private static bool IsKnown(string attribute, ReadOnlySpan<ImmutableHashSet<string>> known)
    {
        foreach (var set in known)
        {
            if (set.Contains(attribute))
                return true;
        }
        return false;
    }
}
