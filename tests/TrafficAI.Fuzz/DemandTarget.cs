using TrafficAI.Network;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Fuzz;

/// <summary>A route file with something of everything, at the four-arm junction.</summary>
internal sealed class DemandTarget : IFuzzTarget
{
    private static readonly RoadNetwork Network = NetworkReader.Read(Good.FourArm, "four-arm.net.xml");
    private static readonly DemandFile Stops = new("stops.add.xml", Good.Resource("stops.add.xml"), IsAdditional: true);
    private static readonly byte[] Routes = Good.Resource("demand.rou.xml");
    private static readonly byte[] Packed = Good.Gzip(Routes);
    private static readonly string Text = Good.Text(Routes);

    public byte[] Make(Random chance) => chance.Next(4) switch
    {
        0 => Mutation.Bytes(Routes, chance),
        1 => Mutation.Bytes(Packed, chance),
        _ => Mutation.QuotedWords(Text, chance),
    };

    public bool Read(byte[] input)
    {
        DemandReader.Read(Network, [Stops, new("fuzz.rou.xml", input)], 0, 600, 1);
        return true;
    }

    public bool IsRefusal(Exception e) => e is DemandException;
}
