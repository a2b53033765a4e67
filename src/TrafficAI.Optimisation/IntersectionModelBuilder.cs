using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Lays out an intersection for estimation and strategies.</summary>
public static class IntersectionModelBuilder
{
    public static IntersectionModel Build(RoadNetwork network, Intersection intersection, IntersectionSignals signals) => throw new NotSupportedException();
}
