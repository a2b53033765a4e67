using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>The network of a run with the signals and the model of every intersection, derived from the network file and the class
/// by one procedure, the same for a live run and for its replay.</summary>
public sealed record Site(RoadNetwork Network, ImmutableArray<IntersectionSignals> Signals, ImmutableArray<IntersectionModel> Models)
{
    /// <exception cref="NetworkException">The network file is broken.</exception>
    /// <exception cref="SignalsException">A programme cannot be used.</exception>
    public static Site Build(ReadOnlyMemory<byte> networkFile, string name, ControlClass controlClass)
    {
        var network = NetworkReader.Read(networkFile, name);
        var signals = network.Intersections.Select(i => SignalsBuilder.Build(network, i, controlClass)).ToImmutableArray();
        var models = network.Intersections.Select(i => IntersectionModelBuilder.Build(network, i, signals[i.Index])).ToImmutableArray();
        return new Site(network, signals, models);
    }
}
