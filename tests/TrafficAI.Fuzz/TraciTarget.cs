using System.Text;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo;

namespace TrafficAI.Fuzz;

/// <summary>What SUMO answers: to a step, and to the questions about vehicles and loops.</summary>
internal sealed class TraciTarget : IFuzzTarget
{
    private static readonly string[] Vehicles = ["one", "two"];
    private readonly SumoSensors[] sensors = [Sensors(Sensing.Full), Sensors(Sensing.Loops)];
    private readonly byte[][] answers;
    private long now;

    public TraciTarget() =>
        answers = [TraciAnswer.OfStart(), TraciAnswer.OfStep(), .. sensors.Select(s => Look(s, withClass: false))];

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
        foreach (var sensor in sensors)
            read |= Try(() => sensor.Read(input, now));
        var street = new AnswerReader(new SumoSensors(Good.FourArmSite.Network, Sensing.Full));
        read |= Try(() => street.ReadStep(TraciAnswer.StepCommands, input));
        read |= Try(() => street.ReadStart(input));
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

    private static SumoSensors Sensors(Sensing sensing)
    {
        var sensors = new SumoSensors(Good.FourArmSite.Network, sensing);
        foreach (var name in Vehicles)
            sensors.Vehicles.Enter(Encoding.UTF8.GetBytes(name));
        sensors.Read(Look(sensors, withClass: true), 0);
        return sensors;
    }

    private static byte[] Look(SumoSensors sensors, bool withClass)
    {
        var network = Good.FourArmSite.Network;
        return TraciAnswer.OfLook(sensors.Loops.Count, Vehicles, network.Lanes[network.Intersections[0].StopLanes[0].Lane].Id.Value, withClass);
    }
}
