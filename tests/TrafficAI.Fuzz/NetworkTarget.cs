using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Fuzz;

/// <summary>A network file, and what is derived from it: signals and models of every class.</summary>
internal sealed class NetworkTarget : IFuzzTarget
{
    private static readonly byte[][] Files = [Good.TwoRoads, Good.FourArm];
    private static readonly string[] Texts = [.. Files.Select(Good.Text)];
    private static readonly byte[][] Packed = [.. Files.Select(Good.Gzip)];

    public byte[] Make(Random chance)
    {
        var which = chance.Next(Files.Length);
        return chance.Next(4) switch
        {
            0 => Mutation.Bytes(Files[which], chance),
            1 => Mutation.Bytes(Packed[which], chance),
            _ => Mutation.QuotedWords(Texts[which], chance),
        };
    }

    public bool Read(byte[] input)
    {
        foreach (var controlClass in (ControlClass[])[ControlClass.Site, ControlClass.S]) Site.Build(input, "fuzz.net.xml", controlClass);
        return true;
    }

    public bool IsRefusal(Exception e) => e is NetworkException or SignalsException;
}
