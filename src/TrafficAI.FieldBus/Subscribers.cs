using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.FieldBus;

/// <summary>Who hears messages of one kind, at one moment; never changes.</summary>
internal sealed record Subscribers<T>(
    ImmutableArray<Subscription<T>> All, ImmutableDictionary<IntersectionId, ImmutableArray<Subscription<T>>> Some)
{
    public static Subscribers<T> None { get; } = new([], ImmutableDictionary<IntersectionId, ImmutableArray<Subscription<T>>>.Empty);

    public ImmutableArray<Subscription<T>> Of(IntersectionId intersection) => Some.TryGetValue(intersection, out var found) ? found : [];

    public Subscribers<T> With(Subscription<T> added) => added.Intersection is { } id
        ? this with { Some = Some.SetItem(id, Of(id).Add(added)) }
        : this with { All = All.Add(added) };

    public Subscribers<T> Without(Subscription<T> gone)
    {
        if (gone.Intersection is not { } id) return this with { All = All.Remove(gone) };
        var left = Of(id).Remove(gone);
        return this with { Some = left.IsEmpty ? Some.Remove(id) : Some.SetItem(id, left) };
    }
}
