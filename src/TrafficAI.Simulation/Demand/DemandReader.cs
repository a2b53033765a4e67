using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Reads who is to drive and to walk from SUMO's own files: types, routes, trips, flows, stops and persons.</summary>
public static class DemandReader
{
    /// <summary>Reads the demand of a window.</summary>
    /// <param name="files">In SUMO's order: additional files, then route files. What one names must be defined before it.</param>
    /// <param name="begin">The first street second in which somebody may depart; 0 or more.</param>
    /// <param name="end">The street second before which they must depart; more than <paramref name="begin"/>.</param>
    /// <param name="seed">Decides what is drawn from distributions and flows by chance.</param>
    /// <exception cref="DemandException">A file is broken, or asks for what the network does not have.</exception>
    public static StreetDemand Read(RoadNetwork network, IEnumerable<DemandFile> files, long begin, long end, int seed)
    {
        var assembly = new DemandAssembly(network, new(begin * 1000, end * 1000), seed);
        foreach (var file in files)
            assembly.Read(file);
        return assembly.ToDemand();
    }
}
