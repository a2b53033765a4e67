using System.Text;
using TrafficAI.EventLog;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>Amber that flashes by the time of day: second 0 is 05:00 in Almaty, so that 05:01 is second 60.</summary>
public sealed partial class OverridesInARunTests
{
    [Fact]
    public async Task At_night_amber_flashes_and_phases_come_back_through_a_safe_start()
    {
        var site = Night("05:01", "05:03");
        await using var log = new MemoryEventLog();
        var run = await RunAsync(log, "adaptive", [], site);

        Assert.DoesNotContain(run.Shown, shown => shown.Second < 60 && IsDark(shown));
        var first = run.Shown.First(IsDark).Second;
        Assert.InRange(first, 61, 110);
        Assert.All(run.Shown.Where(shown => shown.Second >= first && shown.Second < 180), shown => Assert.True(IsDark(shown)));
        Assert.All(run.Shown.Where(shown => shown.Second < first && shown.Second >= first - 2), shown => Assert.All(Controlled(site, shown), lamp => Assert.Equal(Lamp.Red, lamp)));
        var green = run.Shown.First(shown => shown.Second >= 180 && shown.Lamps.Any(lamp => lamp.IsGreen())).Second;
        Assert.Equal(site.Signals[0].IntergreenSeconds.Max(), run.Shown.Count(shown => shown.Second >= 180 && shown.Second < green && Controlled(site, shown).All(lamp => lamp == Lamp.Red)));
        Assert.Equal(["override-begun.v1", "override-ended.v1"], (await EventsAsync(log)).Where(e => e.Type.StartsWith("override", StringComparison.Ordinal)).Select(e => e.Type));
        var begun = (await EventsAsync(log)).Single(e => e.Type == IntersectionEvent.OverrideBegun);
        Assert.Contains("\"by\":\"timetable\"", Encoding.UTF8.GetString(begun.Payload.Span), StringComparison.Ordinal);
        await ReplaysAsync(log, "adaptive", site);
    }

    [Fact]
    public async Task Who_takes_the_night_back_has_phases_until_it_is_over()
    {
        var site = Night("05:01", "05:05");
        await using var log = new MemoryEventLog();
        var run = await RunAsync(log, "adaptive", [(150, new(OperatorAct.Release, null, 0, "aigerim", Reason))], site);
        Assert.Contains(run.Shown, shown => shown.Second < 150 && IsDark(shown));
        Assert.DoesNotContain(run.Shown, shown => shown.Second > 170 && IsDark(shown));
        await ReplaysAsync(log, "adaptive", site);
    }

    [Fact]
    public async Task The_night_goes_on_when_the_order_that_broke_it_is_over()
    {
        var site = Night("05:01", "05:06");
        await using var log = new MemoryEventLog();
        var run = await RunAsync(log, "adaptive", [(130, new(OperatorAct.Plan, null, 200, "aigerim", Reason))], site);
        Assert.Contains(run.Shown, shown => shown.Second is > 140 and < 200 && shown.Lamps.Any(lamp => lamp.IsGreen()));
        Assert.All(run.Shown.Where(shown => shown.Second is > 260 and < 358), shown => Assert.True(IsDark(shown)));
        await ReplaysAsync(log, "adaptive", site);
    }

    [Fact]
    public async Task Nobody_orders_in_the_name_of_the_timetable()
    {
        await using var log = new MemoryEventLog();
        await RunAsync(log, "adaptive", (60, new(OperatorAct.Flash, null, 160, OperatorDesk.Timetable, Reason)));
        var refused = (await EventsAsync(log)).Single(e => e.Type == IntersectionEvent.InputRefused);
        Assert.Contains("nobody but the timetable orders as 'timetable'", Encoding.UTF8.GetString(refused.Payload.Span).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whenever_night_begins_and_whatever_operators_order_no_monitor_sees_anything_unsafe()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var chance = new Random(seed);
            var from = chance.Next(0, 5);
            var site = Night($"05:0{from}", $"05:0{from + chance.Next(1, 3)}");
            await using var log = new MemoryEventLog();
            var orders = Enumerable.Range(0, seed % 3 * 4).Select(_ => Order(chance)).ToArray();
            var strategy = seed % 2 == 0 ? "adaptive" : "actuated";
            var run = await RunAsync(log, strategy, orders, site, emergencies: true);
            var monitor = new ConflictMonitor(site.Signals[0]);
            Assert.All(run.Shown, shown => Assert.Null(monitor.Observe(shown.Second, shown.Lamps)));
            await ReplaysAsync(log, strategy, site);
        }
    }

    private static Site Night(string from, string to) => Site.Build(
        ScriptedStreet.FourArmFile, "four-arm.net.xml", ControlClass.Site,
        SignalsFile.Read(Encoding.UTF8.GetBytes($$"""{"version":1,"profile":"kz","nightFlash":{"from":"{{from}}","to":"{{to}}"} }"""), "signals.json"));

    private static bool IsDark(SignalState shown) => shown.Lamps.All(lamp => lamp is Lamp.FlashingAmber or Lamp.Dark);

    /// <summary>What the groups show that are green in some phase.</summary>
    private static IEnumerable<Lamp> Controlled(Site site, SignalState shown) =>
        site.Signals[0].Groups.Where(group => site.Signals[0].Phases.Any(phase => phase.Green[group.Index])).Select(group => shown.Lamps[group.Index]);
}
