using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>The network of a run with the signals and the model of every intersection, derived from the network file, <c>signals.json</c>
/// and the class by one procedure, the same for a live run and for its replay.</summary>
/// <param name="File">What <c>signals.json</c> says; <see cref="SignalsFile.None"/> without one.</param>
public sealed record Site(RoadNetwork Network, SignalsFile File, ImmutableArray<IntersectionSignals> Signals, ImmutableArray<IntersectionModel> Models)
{
    /// <param name="name">What to call the network file in an error.</param>
    /// <param name="file">What <c>signals.json</c> says; null without one.</param>
    /// <param name="plans">Plans computed from counts; null without any.</param>
    /// <exception cref="NetworkException">The network file is broken.</exception>
    /// <exception cref="SignalsException">A programme cannot be used, or <c>signals.json</c> or the plans do not fit the
    /// network.</exception>
    public static Site Build(ReadOnlyMemory<byte> networkFile, string name, ControlClass controlClass, SignalsFile? file = null, PlansFile? plans = null)
    {
        file ??= SignalsFile.None;
        var network = NetworkReader.Read(networkFile, name);
        file.CheckAgainst(network);
        var signals = network.Intersections.Select(i => SignalsBuilder.Build(network, i, controlClass, file.Of(i.Id))).ToImmutableArray();
        var links = LinkFinder.Find(network);
        var (outlets, inlets) = (links.ToLookup(link => link.From), links.ToLookup(link => link.To));
        var models = network.Intersections.Select(Model).ToImmutableArray();
        return new Site(network, file, signals, plans?.GiveTo(models) ?? models);

        IntersectionModel Model(Intersection i)
        {
            var model = IntersectionModelBuilder.Build(network, i, signals[i.Index]);
            return model with { Inlets = [.. inlets[i.Index]], Outlets = [.. outlets[i.Index]], QueueLimits = QueueLimits(model, file.Of(i.Id)) };
        }
    }

    private static ImmutableArray<int?> QueueLimits(IntersectionModel model, IntersectionPart part) => part.Groups.Any(group => group.QueueLimitMetres is not null)
        ? [.. model.Lanes.Select(lane => lane.Movements.Min(m => part.Of(model.Signals.Groups[model.Movements[m].Group])?.QueueLimitMetres))]
        : [];
}
