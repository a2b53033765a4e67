using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Runtime;

/// <summary>One of the nodes that share the parts of a site: says which parts are to be served here, and reaches those that serve the others. It only proposes: a part
/// is served by whoever has the lock of its log, and controllers obey the highest epoch.</summary>
/// <remarks>Disposing it hands its parts over.</remarks>
public interface INodes : IAsyncDisposable
{
    /// <summary>Brings what is told to intersections of a part to whoever serves it; it is lost when nobody does. Never waits.</summary>
    void Post(int part, ImmutableArray<Telling> tellings);
}

/// <summary>What a node is to do.</summary>
/// <param name="Parts">How many there are.</param>
/// <param name="Serve">Serves a part until it is stopped. Called again a little later when it ends otherwise.</param>
/// <param name="Hear">Called with what has been told to intersections of a part that is served here.</param>
/// <param name="Say">Told in one line what people should know.</param>
public sealed record NodeWork(int Parts, Func<int, CancellationToken, Task> Serve, Action<int, ImmutableArray<Telling>> Hear, Action<string> Say);

/// <summary>Where a node is, and where it finds the others.</summary>
/// <param name="Own">How the others reach it.</param>
/// <param name="Bind">Where it listens: the same, unless something lies between.</param>
/// <param name="Seeds">The nodes that it joins; the first of them may begin alone.</param>
/// <param name="Lease">A file that all nodes see: when they no longer hear one another, whoever locks it goes on.</param>
public sealed record NodePlace(NodeAddress Own, NodeAddress Bind, ImmutableArray<NodeAddress> Seeds, string Lease);

/// <summary>Host and port of a node.</summary>
public readonly record struct NodeAddress(string Host, int Port)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>Begins to take part.</summary>
public delegate INodes NodeHost(NodePlace place, NodeWork work);
