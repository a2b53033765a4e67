using TrafficAI.Network;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests;

/// <summary>One hash of the whole street, the same on any machine and with any number of workers. When driving changes on purpose, take the
/// new one from the failing test, and say why in the commit.</summary>
public sealed class GoldenStreetTests
{
    private const ulong AfterAQuarterOfAnHour = 6279078416497266681;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_four_arm_junction_is_driven_as_ever(int workers)
    {
        var network = NetworkReader.Read(Bytes("four-arm.net.xml"), "four-arm.net.xml");
        var demand = DemandReader.Read(network, [new("four-arm.rou.xml", Bytes("four-arm.rou.xml")), new("four-arm.ped.xml", Bytes("four-arm.ped.xml"))], 0, 3600, 1);
        var street = new Street(network, demand, new(1, Workers: new Threads(workers)));
        while (street.NowSeconds < 900)
        {
            street.SetProgramLights();
            street.Step();
        }

        Assert.Equal(AfterAQuarterOfAnHour, street.StateHash());
    }

    private static byte[] Bytes(string name)
    {
        using var stream = typeof(GoldenStreetTests).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
