using TrafficAI.Network;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Optimisation.Tests;

public sealed class LinkFinderTests
{
    [Fact]
    public void A_street_links_each_junction_with_the_next_one_only()
    {
        var network = NetworkReader.Read(File.ReadAllBytes(FourArm.PathOf("simulations/corridor/corridor.net.xml")), "corridor");
        var links = LinkFinder.Find(network);
        var pairs = links.Select(l => (network.Intersections[l.From].Id.Value, network.Intersections[l.To].Id.Value)).Distinct().ToList();
        Assert.Equal(14, pairs.Count);
        Assert.All(pairs, p => Assert.Equal(1, Math.Abs(p.Item1[1] - p.Item2[1])));
        Assert.All(links, l => Assert.InRange(l.Ends.Max(e => e.LengthMetres), 200, 400));
        Assert.All(links, l => Assert.Single(l.Ends, e => e.IsSame));
    }

    [Fact]
    public void A_junction_alone_has_no_links() => Assert.Empty(LinkFinder.Find(FourArm.Network));
}
