using System.Globalization;
using Google.Protobuf;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>Configurations and what a controller does with them, as files for every implementation.</summary>
public sealed class BehaviourTests
{
    private static readonly RoadNetwork FourArm = Read("four-arm/four-arm.net.xml");
    private static readonly RoadNetwork Corridor = Read("corridor/corridor.net.xml");

    /// <summary>A maximum red that allows the longer all red to some who wait and not to others.</summary>
    private const int FarFromSomeReds = 200;

    private static readonly string[] Drawn = ["four-arm", "four-arm-kz-s", "corridor-r", "four-arm-all-red"];

    public static TheoryData<string> Names => [.. Drawn];

    [Theory, MemberData(nameof(Names))]
    public void The_files_are_what_the_virtual_controller_does(string name)
    {
        var (network, controlClass, profile, maximumRed, seed) = name switch
        {
            "four-arm" => (FourArm, ControlClass.Site, SignalProfile.OfProgramme, null, 1UL),
            "four-arm-kz-s" => (FourArm, ControlClass.S, SignalProfile.Kz, 120, 2UL),
            "four-arm-all-red" => (FourArm, ControlClass.Site, SignalProfile.Kz with { AllRedExtensionSeconds = 5 }, FarFromSomeReds, 7UL),
            _ => (Corridor, ControlClass.R, SignalProfile.OfProgramme, default(int?), 3UL),
        };
        var intersection = network.Intersections[0];
        var signals = SignalsBuilder.Build(network, intersection, controlClass, profile) with { MaximumRedSeconds = maximumRed };
        var configuration = ConfigurationWriter.Write(signals, intersection.Detectors);
        Assert.True(WireReader.TryRead(MessageKind.Configuration, configuration.ToByteArray(), out var read, out var refusal), refusal?.Text);
        Assert.Equal(configuration, read);

        VectorFiles.Check($"behaviour/{name}.configuration.hex", VectorFiles.Hex(configuration.ToByteArray()));
        var script = Behaviour.Of(signals, ConfigurationWriter.Checksum(configuration), seed);
        VectorFiles.Check($"behaviour/{name}.script", script);
    }

    [Fact]
    public void The_scripts_meet_every_mode_and_every_outcome_of_a_plan()
    {
        var lines = Drawn.SelectMany(Lines).ToList();
        Assert.Equal(["1", "2", "3", "4"], lines.Where(l => l[0] == "second").Select(l => l[1]).Distinct().Order());
        Assert.Equal(
            ["ACCEPTED", "FAULT", "LEASE_EXPIRED", "OFF", "OLDER_EPOCH", "OTHER_BOOT", "OTHER_CONFIGURATION", "STALE", "UNKNOWN_BASE", "UNKNOWN_PHASE"],
            lines.Where(l => l[0] == "plan").Select(l => l[2]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["ACCEPTED", "FAULT", "NOT_SUPPORTED", "OLDER_EPOCH", "STALE"], lines.Where(l => l[0] == "mode").Select(l => l[2]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_all_red_the_files_are_what_the_virtual_controller_does()
    {
        var configuration = AllRedBehaviour.Configuration();
        VectorFiles.Check("behaviour/all-red.configuration.hex", VectorFiles.Hex(configuration.ToByteArray()));
        VectorFiles.Check("behaviour/all-red.script", AllRedBehaviour.Of(configuration));
    }

    [Fact]
    public void All_red_is_lengthened_to_the_limit_to_the_end_of_the_wish_and_to_that_of_the_lease()
    {
        var runs = Runs("all-red").Where(run => run.Next != 0 && run.Next != run.Phase).ToList();
        Assert.Equal([12, 10, 11, 10, 9, 8], runs.Where(run => run.Phase == 1).Select(run => run.Seconds).Skip(1));
        Assert.All(runs.Where(run => run.Phase == 2), run => Assert.Equal(5, run.Seconds));
        var more = Runs("four-arm-all-red").Where(run => run.Next != run.Phase && run.Next != 0).Select(run => run.Seconds - run.Elapsed).ToHashSet();
        Assert.Equal((0, 5), (more.Min(), more.Max()));
        Assert.Contains(more, seconds => seconds is > 0 and < 5);
    }

    /// <summary>Phases, passages, starts and closings of a script: how many seconds were shown of each, and what elapsed said of the last of them.</summary>
    private static List<(int Phase, int Next, int Seconds, int Elapsed)> Runs(string name)
    {
        var runs = new List<(int Phase, int Next, int Seconds, int Elapsed)>();
        foreach (var line in Lines(name).Where(line => line[0] == "second"))
        {
            var shown = (Phase: Number(line[2]), Next: Number(line[3]), Elapsed: Number(line[4]));
            if (runs.Count > 0 && (runs[^1].Phase, runs[^1].Next) == (shown.Phase, shown.Next)) runs[^1] = (shown.Phase, shown.Next, runs[^1].Seconds + 1, shown.Elapsed);
            else runs.Add((shown.Phase, shown.Next, 1, shown.Elapsed));
        }

        return runs;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Lines(string name) => File.ReadLines(Path.Combine(VectorFiles.Folder, $"behaviour/{name}.script")).Select(line => line.Split(' '));

    private static RoadNetwork Read(string file)
    {
        var path = Path.Combine(VectorFiles.Checkout, "simulations", file);
        return NetworkReader.Read(File.ReadAllBytes(path), path);
    }
}
