using System.Globalization;
using TrafficAI.Cli;
using TrafficAI.Signals;
using TrafficAI.Sumo.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Networks that nobody has seen before, made on the spot, with demand near saturation.</summary>
public sealed class UnseenNetworkTests
{
    public static TheoryData<string, double, string> Networks =>
        [.. from engine in SimulatedStreet.Names from network in Made select (engine, network.Period, network.Options)];

    private static readonly (double Period, string Options)[] Made =
    [
        (1.1, "--grid --grid.number 3 --grid.length 200 --grid.attach-length 150 --default.lanenumber 2"),
        (1.6, "--rand --rand.iterations 25 --default.lanenumber 2 --seed 3"),
        (1.1, "--grid --grid.number 3 --grid.length 200 --grid.attach-length 150 --default.lanenumber 2 --lefthand"),
        (1.4, "--grid --grid.number 3 --grid.length 200 --grid.attach-length 150 --default.lanenumber 2 --tls.layout incoming"),
        (2.2, "--rand --rand.iterations 25 --default.lanenumber 2 --seed 11 --lefthand --tls.layout incoming"),
    ];

    [Theory, MemberData(nameof(Networks))]
    public async Task Adaptive_beats_the_fixed_plan_and_no_light_ever_goes_into_fault(string engine, double period, string options)
    {
        using var street = TestStreet.Generated(900, period, options.Split(' '));
        var fixedPlan = await RunAsync(engine, street, "fixed");
        var adaptive = await RunAsync(engine, street, "adaptive");
        Assert.Equal(0, fixedPlan.Control.FaultSeconds + adaptive.Control.FaultSeconds);
        Assert.True(
            adaptive.DelayS < fixedPlan.DelayS,
            string.Create(CultureInfo.InvariantCulture, $"adaptive {adaptive.DelayS} s, fixed {fixedPlan.DelayS} s"));
    }

    [Fact]
    public async Task A_way_that_no_detector_sees_gets_its_green_in_reasonable_time()
    {
        using var street = TestStreet.RoadAcrossBicycleWay(600);
        var run = await RunAsync(SimulatedStreet.Default, street, "adaptive");
        Assert.InRange(run.Control.PhaseChanges, 8, 100);
    }

    [Fact]
    public async Task The_fixed_plan_in_class_site_is_the_programme_of_the_file_untouched()
    {
        using var street = TestStreet.Generated(900, 1.2, "--grid", "--grid.number", "3", "--default.lanenumber", "2", "--grid.attach-length", "150");
        street.RunNative(5, "native.xml");
        var native = Sumo.TripFile.Score(street.File("native.xml"), street.Scenario, 0, street.End);
        var ours = await RunAsync(SimulatedStreet.Sumo, street, "fixed", ControlClass.Site, 5);
        Assert.Equal(native.DelaySeconds, ours.DelayS);
        Assert.Equal(native.DurationSeconds, ours.DurationS);
    }

    private static async Task<RunSummary> RunAsync(
        string engine, TestStreet street, string strategy, ControlClass controlClass = ControlClass.RPlus, int seed = 1) => (await Simulator.RunAsync(
        new SimulationSettings
        {
            Scenario = street.File("street.sumocfg"),
            Engine = engine,
            Strategy = strategy,
            Class = controlClass,
            Sensing = Sensing.Full,
            LatencySeconds = 0,
            Seed = seed,
        },
        null,
        TestContext.Current.CancellationToken)).Summary;
}
