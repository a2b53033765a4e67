using Google.Protobuf;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>Configurations and what a controller does with them, as files for every implementation.</summary>
public sealed class BehaviourTests
{
    private static readonly RoadNetwork FourArm = Read("four-arm/four-arm.net.xml");
    private static readonly RoadNetwork Corridor = Read("corridor/corridor.net.xml");

    public static TheoryData<string> Names => ["four-arm", "four-arm-kz-s", "corridor-r"];

    [Theory, MemberData(nameof(Names))]
    public void The_files_are_what_the_virtual_controller_does(string name)
    {
        var (network, controlClass, profile, seed) = name switch
        {
            "four-arm" => (FourArm, ControlClass.Site, SignalProfile.OfProgramme, 1UL),
            "four-arm-kz-s" => (FourArm, ControlClass.S, SignalProfile.Kz, 2UL),
            _ => (Corridor, ControlClass.R, SignalProfile.OfProgramme, 3UL),
        };
        var intersection = network.Intersections[0];
        var signals = SignalsBuilder.Build(network, intersection, controlClass, profile);
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
        string[] names = ["four-arm", "four-arm-kz-s", "corridor-r"];
        var lines = names.SelectMany(name => File.ReadLines(Path.Combine(VectorFiles.Folder, $"behaviour/{name}.script"))).Select(line => line.Split(' ')).ToList();
        Assert.Equal(["1", "2", "3", "4"], lines.Where(l => l[0] == "second").Select(l => l[1]).Distinct().Order());
        Assert.Equal(
            ["ACCEPTED", "FAULT", "LEASE_EXPIRED", "OFF", "OLDER_EPOCH", "OTHER_BOOT", "OTHER_CONFIGURATION", "STALE", "UNKNOWN_BASE", "UNKNOWN_PHASE"],
            lines.Where(l => l[0] == "plan").Select(l => l[2]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["ACCEPTED", "FAULT", "NOT_SUPPORTED", "OLDER_EPOCH", "STALE"], lines.Where(l => l[0] == "mode").Select(l => l[2]).Distinct().Order(StringComparer.Ordinal));
    }

    private static RoadNetwork Read(string file)
    {
        var path = Path.Combine(VectorFiles.Checkout, "simulations", file);
        return NetworkReader.Read(File.ReadAllBytes(path), path);
    }
}
