using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Network;

namespace TrafficAI.Signals.Tests;

/// <summary><c>signals.json</c> laid over a street: it raises times, never breaks safety, and is refused where the two do not fit.</summary>
public class SignalsFileOnSiteTests
{
    /// <summary>West straight 0, west left 1, east 2, south 3, the crossing 4, of 13 m.</summary>
    private static readonly (RoadNetwork Network, Intersection Intersection) MainRoad = TestStreet.Make(Streets.Full, Streets.FullFoes, Streets.FullProgramme);

    [Fact]
    public void Minima_crossings_and_intergreens_are_raised_and_the_plan_holds_them()
    {
        var plain = Build("\"profile\":\"kz\"");
        var raised = Build(
            """
            "profile":"kz","maximumRed":200,"groups":[{"links":[3],"minimumGreen":31},{"links":[4],"crossingWidth":26.1}],
            "intergreens":[{"from":3,"to":0,"seconds":9}]
            """);
        Assert.Equal((7, 31), (plain.Groups[3].MinimumGreenSeconds, raised.Groups[3].MinimumGreenSeconds));
        Assert.Equal((15, 26), (plain.Groups[4].MinimumGreenSeconds, raised.Groups[4].MinimumGreenSeconds));
        Assert.Equal((10, 21), (plain.Intergreen(4, 3), raised.Intergreen(4, 3)));
        Assert.Equal((9, plain.Intergreen(0, 3)), (raised.Intergreen(3, 0), raised.Intergreen(0, 3)));
        Assert.Equal(200, raised.MaximumRedSeconds);
        Assert.True(raised.LocalPlan.CycleSeconds >= plain.LocalPlan.CycleSeconds);
        Assert.Null(Watch.Fault(raised, OwnPlan(raised)));
        Assert.Contains(Greens(OwnPlan(raised), 3), green => green >= 31);
    }

    [Fact]
    public void The_least_raise_computes_passages_and_plan_of_a_programme_that_has_its_own()
    {
        var programme = Streets.MainRoad();
        var raised = Build("\"intergreens\":[{\"from\":3,\"to\":0,\"seconds\":7}]");
        Assert.Equal(7, raised.Intergreen(3, 0));
        Assert.All(raised.Groups, group => Assert.Equal(0, group.FlashingGreenSeconds));
        Assert.Equal(programme.Groups.Select(g => g.AmberSeconds), raised.Groups.Select(g => g.AmberSeconds));
        var passage = raised.Interphase(new(3), new(1));
        Assert.Equal(7, passage.Seconds.Count(image => !image.Lamps[3].IsGreen()));
        Assert.Null(Watch.Fault(raised, OwnPlan(raised)));
    }

    [Theory]
    [InlineData(ControlClass.R)]
    [InlineData(ControlClass.RPlus)]
    [InlineData(ControlClass.S)]
    public void A_benchmark_class_stays_as_it_is(ControlClass controlClass)
    {
        var plain = Streets.MainRoad(controlClass);
        var with = Build("\"profile\":\"kz\",\"maximumRed\":90,\"groups\":[{\"links\":[3],\"minimumGreen\":31}],\"intergreens\":[{\"from\":3,\"to\":0,\"seconds\":20}]", controlClass);
        Assert.Equal(plain.Groups.Select(g => (g.MinimumGreenSeconds, g.FlashingGreenSeconds)), with.Groups.Select(g => (g.MinimumGreenSeconds, g.FlashingGreenSeconds)));
        Assert.Equal(plain.IntergreenSeconds.AsEnumerable(), with.IntergreenSeconds.AsEnumerable());
        Assert.Equal(plain.MaximumRedSeconds, with.MaximumRedSeconds);
        Assert.Equal(plain.LocalPlan.Steps.AsEnumerable(), with.LocalPlan.Steps.AsEnumerable());
    }

    [Theory]
    [InlineData("\"groups\":[{\"links\":[0,2]}]", "$.intersections[0].groups[0].links: link 0 is in a group with the links [0], which always show the same. Give exactly these.")]
    [InlineData("\"groups\":[{\"links\":[9]}]", "$.intersections[0].groups[0].links: there is no link 9. Give links from 0 to 4.")]
    [InlineData("\"groups\":[{\"links\":[3],\"crossingWidth\":9}]", "$.intersections[0].groups[0].crossingWidth: the group serves vehicles. Leave it out.")]
    [InlineData("\"groups\":[{\"links\":[4],\"lamp\":\"section\"}]", "$.intersections[0].groups[0].lamp: the group serves pedestrians, who have no additional section. Leave it out.")]
    [InlineData("\"groups\":[{\"links\":[4],\"queueLimit\":90}]", "$.intersections[0].groups[0].queueLimit: the group serves pedestrians, whom no gate holds. Leave it out.")]
    [InlineData("\"groups\":[{\"links\":[3],\"lamp\":\"arrow\"}]", "$.intersections[0].groups[0].lamp: there is no lamp 'arrow'. Use main, or section for an additional section with an arrow.")]
    [InlineData("\"intergreens\":[{\"from\":0,\"to\":2,\"seconds\":5}]", "$.intersections[0].intergreens[0]: the ways of links 0 and 2 do not meet, so there is no intergreen. Leave it out, or correct the links.")]
    [InlineData("\"intergreens\":[{\"from\":0,\"to\":7,\"seconds\":5}]", "$.intersections[0].intergreens[0].to: there is no link 7. Give a link from 0 to 4.")]
    public void What_the_intersection_lacks_is_refused_in_every_class(string part, string what)
    {
        foreach (var controlClass in Enum.GetValues<ControlClass>())
            Assert.Equal($"signals.json: {what}", Assert.Throws<SignalsException>(() => Build(part, controlClass)).Message);
    }

    [Theory]
    [InlineData("\"profile\":\"kz\",\"groups\":[{\"links\":[3],\"minimumGreen\":6}]", "$.intersections[0].groups[0].minimumGreen: 6 s is less than the 7 s that")]
    [InlineData("\"profile\":\"kz\",\"groups\":[{\"links\":[4],\"minimumGreen\":14}]", "$.intersections[0].groups[0].minimumGreen: 14 s is less than the 15 s that")]
    [InlineData("\"groups\":[{\"links\":[4],\"crossingWidth\":12.9}]", "$.intersections[0].groups[0].crossingWidth: the network draws 13.0 m, more than 12.9 m.")]
    [InlineData("\"profile\":\"kz\",\"intergreens\":[{\"from\":4,\"to\":3,\"seconds\":9}]", "$.intersections[0].intergreens[0].seconds: 9 s is less than the 10 s that")]
    public void What_would_lower_a_time_is_refused(string part, string what) =>
        Assert.StartsWith($"signals.json: {what}", Assert.Throws<SignalsException>(() => Build(part)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_single_phase_takes_no_times()
    {
        var (network, intersection) = TestStreet.Make([new("a")], [], "5 G; 3 y; 2 r");
        var part = Part("\"groups\":[{\"links\":[0],\"minimumGreen\":9}]");
        var message = Assert.Throws<SignalsException>(() => SignalsBuilder.Build(network, intersection, ControlClass.Site, part)).Message;
        Assert.StartsWith("signals.json: $.intersections[0]: signal 'J' has a single phase and keeps its programme.", message, StringComparison.Ordinal);
        Assert.Equal("K1", Part("\"groups\":[{\"links\":[0],\"name\":\"K1\"}]").Groups[0].Name);
        SignalsBuilder.Build(network, intersection, ControlClass.Site, Part("\"profile\":\"kz\",\"groups\":[{\"links\":[0],\"name\":\"K1\"}]"));
    }

    [Fact]
    public void A_maximum_red_that_does_not_fit_is_named()
    {
        var objection = MaximumRedFit.Objection(Build("\"profile\":\"kz\",\"maximumRed\":30,\"groups\":[{\"links\":[3],\"minimumGreen\":60}]"));
        Assert.Contains("over the maximum red of 30 s", objection, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_breaks_safety() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var chance = new Chance(seed);
            var street = chance.OneIn(4) ? RandomStreet.Nonsense(seed) : RandomStreet.Sensible(seed);
            var json = RandomPart(street, chance);
            var signals = SignalsBuilder.Build(street.Network, street.Intersection, ControlClass.Site, Part(json));
            var shown = OwnPlan(signals);
            Assert.True(Watch.Fault(signals, shown) is null, $"seed {seed}, own plan: {Watch.Fault(signals, shown)}: {json}");
            var state = SignalDecider.Start(signals, 0);
            var monitor = new ConflictMonitor(signals);
            shown = [];
            for (var i = 0; i < 400; i++)
            {
                state = SignalDecider.Advance(signals, state, new(chance.Between(1, signals.Phases.Length))).State;
                shown.Add(state.Lamps);
                Assert.True(monitor.Observe(state.Second, state.Lamps) is not { } violation, $"seed {seed}: {json}");
            }

            Assert.True(Watch.Fault(signals, shown) is null, $"seed {seed}: {Watch.Fault(signals, shown)}: {json}");
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>Raises some of what is derived; now and then nothing.</summary>
    private static string RandomPart((RoadNetwork Network, Intersection Intersection) street, Chance chance)
    {
        var profile = new[] { "\"programme\"", "\"kz\"", """{"flashingGreen":0,"pedestrianFlashingGreen":6,"redAmber":1,"amber":4,"leastGreen":9}""" }[chance.Below(3)];
        var empty = Part($"\"profile\":{profile}");
        var signals = SignalsBuilder.Build(
            street.Network, street.Intersection, ControlClass.Site, empty.Profile with { ComputesIntergreens = true });
        var (groups, intergreens) = (new List<string>(), new List<string>());
        var raises = signals.Phases.Length > 1;
        foreach (var group in signals.Groups)
        {
            var minimum = raises && chance.OneIn(3) ? Text($",\"minimumGreen\":{Math.Min(120, group.MinimumGreenSeconds + chance.Below(30))}") : "";
            if (chance.OneIn(2)) groups.Add(Text($$"""{"links":[{{string.Join(',', group.Links)}}],"name":"K{{group.Index}}"{{minimum}}}"""));
            foreach (var foe in signals.Groups)
                if (raises && signals.ConflictBetween(group.Index, foe.Index) != Conflict.None && signals.Intergreen(group.Index, foe.Index) is > 0 and < 25 and var seconds && chance.OneIn(4))
                    intergreens.Add(Text($$"""{"from":{{group.Links[0]}},"to":{{foe.Links[^1]}},"seconds":{{seconds + chance.Below(6)}}}"""));
        }

        var red = chance.OneIn(3) ? Text($",\"maximumRed\":{chance.Between(30, 300)}") : "";
        return $"\"profile\":{profile}{red},\"groups\":[{string.Join(',', groups)}],\"intergreens\":[{string.Join(',', intergreens)}]";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static IntersectionSignals Build(string part, ControlClass controlClass = ControlClass.Site) =>
        SignalsBuilder.Build(MainRoad.Network, MainRoad.Intersection, controlClass, Part(part));

    private static IntersectionPart Part(string members) =>
        SignalsFile.Read(Encoding.UTF8.GetBytes($$"""{"version":1,"intersections":[{"id":"J",{{members}}}]}"""), SignalsFile.FileName).Of(new("J"));

    private static List<ImmutableArray<Lamp>> OwnPlan(IntersectionSignals signals)
    {
        var controller = new VirtualController(signals, 0);
        var shown = new List<ImmutableArray<Lamp>>();
        for (var i = 0; i < 2 * signals.LocalPlan.CycleSeconds; i++)
        {
            controller.Step();
            Assert.Null(controller.Violation);
            shown.Add(controller.State.Lamps);
        }

        return shown;
    }

    private static IEnumerable<int> Greens(List<ImmutableArray<Lamp>> shown, int group)
    {
        var length = 0;
        foreach (var lamps in shown)
        {
            if (lamps[group].IsGreen()) length++;
            else if (length > 0) (length, _) = (0, length);
            yield return length;
        }
    }
}
