using System.Xml.Linq;
using TrafficAI.Cli.Coordination;
using TrafficAI.Cli.Report;
using TrafficAI.Network;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;
using TrafficAI.Sumo.Tests;

namespace TrafficAI.Cli.Tests;

public sealed class CoordinationTests : IDisposable
{
    private readonly TestStreet street = TestStreet.Grid(300, 1);

    public void Dispose() => street.Dispose();

    [Fact]
    public void A_way_through_named_lights_has_a_stop_line_at_each_in_both_directions()
    {
        var site = SiteOf(street.Scenario);
        var model = Model(site, "A1,B1,C1");
        Assert.Equal(["A1", "B1", "C1"], model.Outbound.Select(s => site.Signals[s.Intersection].Id.Value));
        Assert.Equal(["C1", "B1", "A1"], model.Inbound.Select(s => site.Signals[s.Intersection].Id.Value));
        Assert.Equal([0, 150, 300], model.Outbound.Select(s => Math.Round(s.DistanceMetres / 10) * 10));
        Assert.All(model.Outbound.Concat(model.Inbound), s => Assert.NotEmpty(s.Links));
        Assert.Empty(model.Outbound[1].StopLanes.Intersect(model.Inbound[1].StopLanes));
        Assert.Equal([0, 11, 22], model.Problem.Junctions.Select(j => j.OutboundSeconds));
        Assert.Equal([0, 11, 22], model.Problem.Junctions.Select(j => j.InboundSeconds));
    }

    [Fact]
    public void A_given_speed_counts_instead_of_the_limits()
    {
        var site = SiteOf(street.Scenario);
        var model = CorridorModel.Build(site, CorridorChoice.Of(site, "A1,B1,C1"), ControlClass.Site, null, 7.5);
        Assert.Equal([0, 20, 40], model.Problem.Junctions.Select(j => j.OutboundSeconds));
    }

    [Theory]
    [InlineData("A1,C1", "no way leads from 'A1' to 'C1' without passing another light")]
    [InlineData("main", "there is no 'main'")]
    [InlineData("A1,X9", "there is no intersection 'X9'. Give intersections in their order, as in A,B,C; the network has A0, A1")]
    [InlineData("A1", "there is no 'A1'")]
    [InlineData("A1,B1,A1", "at least two intersections, each once")]
    public void What_is_no_corridor_is_refused_in_one_line(string corridor, string reason)
    {
        var refusal = Assert.Throws<InputException>(() => Model(SiteOf(street.Scenario), corridor));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Corridors_of_the_signal_file_go_by_their_ids()
    {
        File.WriteAllText(street.File("signals.json"), """
            { "version": 1, "corridors": [ { "id": "first", "intersections": ["A0", "B0"] }, { "id": "second", "names": { "en": "Second" }, "intersections": ["C2", "B2", "A2"] } ] }
            """);
        var site = SiteOf(street.Scenario);
        Assert.Equal(["C2", "B2", "A2"], Model(site, "second").Signals.Select(s => s.Id.Value));
        Assert.Equal("Second", CorridorChoice.Of(site, "second").Name);
        Assert.Contains("first, second", Assert.Throws<InputException>(() => CorridorChoice.Of(site, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_one_way_road_is_coordinated_in_its_direction()
    {
        var site = SiteOf(street.Scenario);
        var network = site.Network with { Connections = [.. site.Network.Connections.Where(c => !IsWestward(site.Network, c))] };
        var model = Model(site with { Network = network }, "A1,B1,C1");
        Assert.True(model.IsOneWay);
        var solved = MaximumBandwidth.Solve(model.Problem);
        Assert.Equal(solved.OutboundBound, solved.Outbound.WidthSeconds);
        Assert.Null(WellFormed(CoordinationPage.Of(Result(model, solved)).Text));
    }

    [Fact]
    public void The_programmes_that_are_written_run_as_they_were_planned()
    {
        var (choice, site) = ("A1,B1,C1", SiteOf(street.Scenario));
        var model = CorridorModel.Build(site, CorridorChoice.Of(site, choice), ControlClass.Site, 70, null);
        var solved = MaximumBandwidth.Solve(model.Problem);
        var file = street.File("offsets.add.xml");
        File.WriteAllText(file, ProgramFile.Of(model, solved.Offsets));
        var built = SiteOf(ScenarioFile.Read(street.File("street.sumocfg"), programs: file));
        for (var i = 0; i < model.Length; i++)
        {
            var signals = built.Signals[model.Choice.Intersections[i]];
            Assert.Equal((70, solved.Offsets[i]), (signals.LocalPlan.CycleSeconds, signals.LocalPlan.OffsetSeconds));
            var groups = signals.Groups.Where(g => g.Links.Intersect(model.Outbound[i].Links).Any()).Select(g => g.Index).ToList();
            for (var second = 1000; second < 1070; second++)
                Assert.Equal(
                    model.Problem.Junctions[i].OutboundGreen[model.Problem.Wrap(second - solved.Offsets[i])],
                    groups.Any(g => SignalDecider.Start(signals, second).Lamps[g].IsGreen()));
        }
    }

    [Fact]
    public void A_cycle_that_cannot_hold_the_minima_is_refused()
    {
        var site = SiteOf(street.Scenario);
        var refusal = Assert.Throws<SignalsException>(() => CorridorModel.Build(site, CorridorChoice.Of(site, "A1,B1,C1"), ControlClass.Site, 11, null));
        Assert.Contains("Choose a longer --cycle", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_else_and_names_stay_text()
    {
        var model = Model(SiteOf(street.Scenario), "A1,B1,C1");
        model = model with { Choice = model.Choice with { Name = "<script>&'\"" } };
        var solved = MaximumBandwidth.Solve(model.Problem);
        var trials = new Refinement([1, 2], new("as it was", null, [50, 52], null), [new("widest bands", solved.Offsets, [40, 41], 0.5), new("refined, round 1", [0, 1, 2], [39, 40], null)]);
        var page = CoordinationPage.Of(Result(model, solved) with { Refinement = trials }).Text;
        Assert.Null(WellFormed(page));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("https?:|//[a-z]|@import|src=|NaN|Infinity", page);
        Assert.Contains("mean delay 39.5 s instead of 51.0 s", page, StringComparison.Ordinal);
        Assert.Contains("Kept: refined, round 1", page, StringComparison.Ordinal);
    }

    private static CoordinationResult Result(CorridorModel model, CoordinatedOffsets solved) => new(model, "here", "site", false, solved, null, "trafficai coordinate here");

    private static bool IsWestward(RoadNetwork network, Connection way) =>
        network.Edges[network.Lanes[way.FromLane].Edge].Id.Value is "C1B1" or "B1A1" or "right1C1";

    private static CorridorModel Model(Site site, string corridor) => CorridorModel.Build(site, CorridorChoice.Of(site, corridor), ControlClass.Site, null, null);

    private static Site SiteOf(ScenarioFile scenario) => Site.Build(scenario.NetBytes, scenario.NetFile, ControlClass.Site, scenario.ReadSignals());

    private static string? WellFormed(string page)
    {
        try
        {
            XDocument.Parse(System.Text.RegularExpressions.Regex.Replace(page, "<(meta|!DOCTYPE)[^>]*>", ""));
            return null;
        }
        catch (System.Xml.XmlException e)
        {
            return e.Message;
        }
    }
}
