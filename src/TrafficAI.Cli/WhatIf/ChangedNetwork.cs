using System.Collections.Immutable;
using System.Xml.Linq;
using TrafficAI.Network;
using TrafficAI.Optimisation.Reconstruction;
using TrafficAI.Runtime;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.WhatIf;

/// <summary>The recorded network with lanes closed or other programmes.</summary>
internal static class ChangedNetwork
{
    /// <exception cref="InputException">A lane or a file is not there.</exception>
    public static SiteRecord Of(SiteRecord record, StreetChange change)
    {
        var network = change.ClosedLanes.IsDefaultOrEmpty ? record.Network : Close(record.Network, change.ClosedLanes);
        if (change.Programs is not { } programs) return record with { Network = network };
        if (!File.Exists(programs)) throw new InputException($"--change: the file of programmes {programs} is not there. Correct \"programs\".");
        return record with { Network = AdditionalPrograms.JoinTo(network.ToArray(), [programs]) };
    }

    /// <summary>The trips that can still be driven; the others are left out.</summary>
    public static ImmutableArray<ReconstructedTrip> Passable(RoadNetwork network, ImmutableArray<ReconstructedTrip> trips)
    {
        var joined = network.Connections
            .Where(way => (network.Lanes[way.FromLane].Allowed & network.Lanes[way.ToLane].Allowed & VehicleClasses.Passenger) != 0)
            .Select(way => (network.Lanes[way.FromLane].Edge, network.Lanes[way.ToLane].Edge)).ToHashSet();
        return [.. trips.Where(trip => trip.Edges.Zip(trip.Edges.Skip(1)).All(joined.Contains))];
    }

    private static byte[] Close(ReadOnlyMemory<byte> network, ImmutableArray<string> lanes)
    {
        var document = XDocument.Load(NetworkReader.Open(network));
        foreach (var id in lanes)
        {
            var lane = document.Descendants("lane").FirstOrDefault(one => one.Attribute("id")?.Value == id)
                ?? throw new InputException($"--change: lane '{id}' is not in the network. Correct \"closedLanes\".");
            lane.SetAttributeValue("allow", null);
            lane.SetAttributeValue("disallow", "all");
        }

        using var bytes = new MemoryStream();
        document.Save(bytes);
        return bytes.ToArray();
    }
}
