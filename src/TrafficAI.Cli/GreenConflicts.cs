using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>Finds phases that give two ways which cross both green with priority: neither driver would yield.</summary>
/// <remarks>Ways that merge into one lane may both be <c>G</c>: there the right of way of the junction decides.</remarks>
public static class GreenConflicts
{
    /// <returns>What is wrong, in words, one for each pair of lanes and phase; empty if nothing.</returns>
    public static IEnumerable<string> Find(RoadNetwork network, Intersection intersection, IntersectionSignals signals)
    {
        foreach (var phase in signals.Phases)
        {
            var green = intersection.Links.SelectMany((links, letter) => phase.Letters[letter] == 'G' ? links.Select(c => network.Connections[c]) : []).ToList();
            for (var i = 0; i < green.Count; i++)
            {
                foreach (var other in green.Skip(i + 1).Where(other => Cross(network, green[i], other)))
                {
                    yield return $"{phase.Id}: the ways from {network.Lanes[green[i].FromLane].Id} and {network.Lanes[other.FromLane].Id} cross, and both have green with priority. Make one of them 'g'.";
                }
            }
        }
    }

    private static bool Cross(RoadNetwork network, Connection a, Connection b) => a.ToLane != b.ToLane && a.FromLane != b.FromLane && network.AreFoes(a, b);
}
