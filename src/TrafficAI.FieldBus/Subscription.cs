using TrafficAI.Network;

namespace TrafficAI.FieldBus;

/// <summary>One handler's wish to hear messages, of one intersection or of all (null). Disposing ends it; doing so twice does no harm.</summary>
internal sealed class Subscription<T>(Action<T> handler, IntersectionId? intersection, Action<Subscription<T>> end) : IDisposable
{
    public Action<T> Handler { get; } = handler;

    public IntersectionId? Intersection { get; } = intersection;

    public void Dispose() => end(this);
}
