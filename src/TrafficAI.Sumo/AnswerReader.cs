using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>Turns SUMO's answers into what the sensors see.</summary>
/// <exception cref="EngineException">From every method: SUMO refused a command, or its answer is broken.</exception>
internal sealed class AnswerReader(SumoSensors sensors)
{
    /// <summary>Vehicles in the street.</summary>
    public int Running { get; private set; }

    /// <summary>Vehicles whose time has come, and for which there is no room.</summary>
    public int Waiting { get; private set; }

    /// <summary>The answer to the first word.</summary>
    public static void ReadVersion(ReadOnlySpan<byte> answer) => new TraciReader(answer).Status(TraciCode.GetVersion);

    /// <summary>The answer to subscriptions: each command's status, then its first values.</summary>
    /// <param name="now">The street second that begins.</param>
    public void ReadSubscriptions(IReadOnlyList<byte> commands, ReadOnlySpan<byte> answer, long now)
    {
        var reader = new TraciReader(answer);
        sensors.Begin(now);
        foreach (var command in commands)
        {
            reader.Status(command);
            ReadResult(ref reader);
        }
        sensors.End();
    }

    /// <summary>The answer to a step: the status of every command, then all subscribed values.</summary>
    /// <param name="now">The street second at which the step ended.</param>
    public void ReadStep(IReadOnlyList<byte> commands, ReadOnlySpan<byte> answer, long now)
    {
        var reader = new TraciReader(answer);
        foreach (var command in commands)
            reader.Status(command);
        sensors.Begin(now);
        for (var left = reader.Count(1); left > 0; left--)
            ReadResult(ref reader);
        sensors.End();
    }

    private void ReadResult(ref TraciReader reader)
    {
        reader.Length();
        var kind = reader.Byte();
        if (kind == TraciCode.SimulationResult)
            ReadVehicles(ref reader);
        else
            sensors.Read(kind, ref reader);
    }

    private void ReadVehicles(ref TraciReader reader)
    {
        reader.Text(); // the simulation has no name
        reader.Byte(); // number of variables
        reader.Variable(TraciCode.Departed);
        Running += reader.TypedInt();
        reader.Variable(TraciCode.Arrived);
        Running -= reader.TypedInt();
        reader.Variable(TraciCode.Pending);
        Waiting = reader.TypedTextCount();
        for (var i = 0; i < Waiting; i++)
            reader.Text();
    }
}
