using System.Text;
using TrafficAI.Import.Plain;
using TrafficAI.Import.Signals;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Import.Tests;

/// <summary>The whole way over netconvert: the network, its programmes and its signal file.</summary>
public sealed class ImportedLightTests
{
    private static readonly Lazy<(string Drawn, PlainNetwork Plain)> Town = new(() =>
    {
        var plain = TestTown.Built();
        return (Netconvert.Run(PlainXml.Nodes(plain), PlainXml.Edges(plain), PlainXml.Connections(plain)).Network, plain);
    });

    [Fact]
    public void The_light_has_three_phases_with_guarded_turns_off_the_wide_street()
    {
        var (network, signals) = Timed(TurningCounts.None);
        Assert.Equal("T-1", Assert.Single(network.Intersections).Id.Value);
        Assert.Equal(3, signals.Phases.Length);
        Assert.Equal(6, signals.Groups.Where(group => group.Kind == GroupKind.Pedestrian).Sum(group => group.Links.Length));
        Assert.All(signals.Groups, group => Assert.Contains(signals.Phases, phase => phase.Green[group.Index]));
    }

    [Fact]
    public void More_traffic_on_a_street_gives_it_more_of_the_cycle()
    {
        var (even, _) = Timed(TurningCounts.None);
        var rows = Town.Value.Plain.Connections.Where(way => way.FromLane < 3 && !way.From.EndsWith(".stop", StringComparison.Ordinal) && way.To.StartsWith("T-1", StringComparison.Ordinal))
            .Select(way => (way.From, way.To)).Distinct();
        var (heavy, _) = Timed(TurningCounts.Read(Encoding.UTF8.GetBytes("from,to,vehicles\n" + string.Join('\n', rows.Select(row => $"{row.From},{row.To},900"))), "counts"));
        Assert.True(Share(heavy) > Share(even) + 0.1, $"{Share(heavy)} against {Share(even)}");
        static double Share(RoadNetwork network)
        {
            var states = network.Intersections[0].Program.States;
            return states[0].DurationMilliseconds / (double)states.Sum(state => state.DurationMilliseconds);
        }
    }

    [Fact]
    public void Pedestrians_walk_alone_where_the_table_says_so()
    {
        var plain = Town.Value.Plain;
        plain = plain with { Nodes = [.. plain.Nodes.Select(node => node.Junction is { } light ? node with { Junction = light with { HasPedestrianPhase = true } } : node)] };
        var network = Read(Programmes.Set(Town.Value.Drawn, plain, TurningCounts.None).Network);
        var signals = SignalsBuilder.Build(network, network.Intersections[0], ControlClass.Site, SignalProfile.Kz);
        var walking = signals.Phases.Where(phase => signals.Groups.Any(group => group.Kind == GroupKind.Pedestrian && phase.Green[group.Index])).ToList();
        var alone = Assert.Single(walking);
        Assert.DoesNotContain(signals.Groups, group => group.Kind == GroupKind.Vehicle && alone.Green[group.Index]);
    }

    [Fact]
    public void The_place_on_Earth_is_kept()
    {
        Assert.Contains("+proj=utm +zone=43", Town.Value.Drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("generated on", Town.Value.Drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void The_signal_file_names_the_light_and_says_how_it_is_known()
    {
        var order = new OsmOrder(["roads"], "table", [], null, 250, null, null, []);
        var file = SignalsFile.Read(Encoding.UTF8.GetBytes(SignalsText.Of(Town.Value.Plain, order, TurningCounts.None)), "signals.json");
        var part = file.Of(new("T-1"));
        Assert.Equal((LightStatus.Documented, "Broad Avenue × Mill Street", "проспект Широкий × улица Мельничная"), (part.Status, part.Names.En, part.Names.Ru));
        Assert.Equal("light: documented: a test; place: invented, here", part.Provenance);
        Assert.Contains("© OpenStreetMap contributors, ODbL 1.0", file.Provenance, StringComparison.Ordinal);
        Assert.Equal(SignalProfile.Kz with { AllRedExtensionSeconds = 5 }, part.Profile);
        file.CheckAgainst(Read(Town.Value.Drawn));
    }

    [Fact]
    public void Buses_have_the_kerb_lane_and_a_lane_against_a_one_way_street()
    {
        var roads = new[]
        {
            TestTown.Road("1", "secondary", "улица Мельничная", TrafficAI.Import.Roads.RoadDirection.Forward, (0, -300), (0, 0), (0, 300), (0, 600)),
            TestTown.Road("2", "primary", "проспект Широкий", TrafficAI.Import.Roads.RoadDirection.Both, (-300, 0), (0, 0), (300, 0)),
            TestTown.Road("3", "primary", "проспект Широкий", TrafficAI.Import.Roads.RoadDirection.Both, (-300, 300), (0, 300), (300, 300)),
        };
        var first = TestTown.Junctions[0] with { B = TestTown.Junctions[0].B with { Lanes = "4 one-way N" } };
        var second = first with { Id = "T-2", Place = TestTown.At(0, 300) };
        var network = PlainNetworkBuilder.Build([.. roads], [first, second], [new("mill", ["T-1", "T-2"], true, true, "here")], 250);
        Assert.Equal((4, BusUse.KerbLane), (network.Edges.Single(edge => edge.Id == "T-1_T-2").Lanes, network.Edges.Single(edge => edge.Id == "T-1_T-2").Bus));
        var against = network.Edges.Single(edge => edge.Id == "T-2_T-1");
        Assert.Equal((1, BusUse.Alone), (against.Lanes, against.Bus));
        Assert.DoesNotContain(network.Connections, way => way.From == "T-1_T-2.stop" && way.To == "T-2_T-1");
    }

    private static (RoadNetwork Network, IntersectionSignals Signals) Timed(TurningCounts counts)
    {
        var network = Read(Programmes.Set(Town.Value.Drawn, Town.Value.Plain, counts).Network);
        return (network, SignalsBuilder.Build(network, network.Intersections[0], ControlClass.Site, SignalProfile.Kz));
    }

    private static RoadNetwork Read(string network) => NetworkReader.Read(Encoding.UTF8.GetBytes(network), "net");
}
