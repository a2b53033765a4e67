using TrafficAI.Cli;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Fuzz;

/// <summary><c>signals.json</c>, laid over the network that it belongs to. What is taken has to pass the monitor now and then.</summary>
internal sealed class SignalsTarget : IFuzzTarget
{
    private static readonly string Text = Good.Text(Good.Signals);
    private static readonly RoadNetwork Network = Good.FourArmSite.Network;
    private int taken;

    public byte[] Make(Random chance) => chance.Next(4) == 0 ? Mutation.Bytes(Good.Signals, chance) : Mutation.JsonTokens(Text, chance);

    public bool Read(byte[] input)
    {
        var file = SignalsFile.Read(input, SignalsFile.FileName);
        file.CheckAgainst(Network);
        foreach (var intersection in Network.Intersections)
        {
            SignalsBuilder.Build(Network, intersection, ControlClass.S, file.Of(intersection.Id));
            var signals = SignalsBuilder.Build(Network, intersection, ControlClass.Site, file.Of(intersection.Id));
            if (++taken % 50 == 0 && PassageCheck.Run(signals).FirstOrDefault() is { } violation) throw new InvalidOperationException(violation);
        }

        return true;
    }

    public bool IsRefusal(Exception e) => e is SignalsException;
}
