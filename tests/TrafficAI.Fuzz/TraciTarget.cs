using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo;

namespace TrafficAI.Fuzz;

/// <summary>What SUMO answers: to a step and to subscriptions, with vehicles and with loops.</summary>
internal sealed class TraciTarget : IFuzzTarget
{
    private readonly byte[][] answers = [Answer(Sensing.Full), Answer(Sensing.Loops)];
    private readonly AnswerReader[] readers = [Reader(Sensing.Full), Reader(Sensing.Loops)];
    private long now;

    public byte[] Make(Random chance)
    {
        var answer = answers[chance.Next(answers.Length)];
        return chance.Next(10) switch
        {
            0 => Mutation.Noise(300, chance),
            < 5 => Mutation.Length(answer, chance),
            _ => Mutation.Bytes(answer, chance),
        };
    }

    public bool Read(byte[] input)
    {
        now++;
        var read = false;
        foreach (var reader in readers)
        {
            read |= Try(() => reader.ReadStep(TraciAnswer.StepCommands, input, now));
            read |= Try(() => reader.ReadSubscriptions(TraciAnswer.StepCommands, input, now));
        }

        read |= Try(() => AnswerReader.ReadVersion(input));
        return read;
    }

    public bool IsRefusal(Exception e) => e is EngineException;

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (EngineException e) when (!e.Message.Contains('\n', StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static AnswerReader Reader(Sensing sensing) => new(new SumoSensors(Good.FourArmSite.Network, sensing));

    private static byte[] Answer(Sensing sensing)
    {
        var network = Good.FourArmSite.Network;
        var intersection = network.Intersections[0];
        return TraciAnswer.OfStep(
            network.Junctions[intersection.Junctions[0]].Id.Value, network.Lanes[intersection.StopLanes[0].Lane].Id.Value, sensing);
    }
}
