using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>Turns SUMO's answers into who is in the street, and what the sensors see.</summary>
/// <exception cref="EngineException">From every method: SUMO refused a command, or its answer is broken.</exception>
internal sealed class AnswerReader(SumoSensors sensors)
{
    /// <summary>Vehicles in the street.</summary>
    public int Running => sensors.Vehicles.All.Count;

    /// <summary>Vehicles whose time has come, and for which there is no room.</summary>
    public int Waiting { get; private set; }

    /// <summary>The answer to the first word.</summary>
    public static void ReadVersion(ReadOnlySpan<byte> answer) => new TraciReader(answer).Status(TraciCode.GetVersion);

    /// <summary>The answer to the subscription of who comes and goes, and to the question who is there already.</summary>
    public void ReadStart(ReadOnlySpan<byte> answer)
    {
        var reader = new TraciReader(answer);
        reader.Status(TraciCode.SubscribeSimulation);
        ReadChanges(ref reader);
        reader.Value(TraciCode.GetVehicle, TraciCode.IdList, []);
        for (var left = reader.TypedTextCount(); left > 0; left--)
            sensors.Vehicles.Enter(reader.Text());
    }

    /// <summary>The answer to a step: the status of every command, then who came and went.</summary>
    public void ReadStep(IReadOnlyList<byte> commands, ReadOnlySpan<byte> answer)
    {
        var reader = new TraciReader(answer);
        foreach (var command in commands)
            reader.Status(command);
        for (var left = reader.Count(1); left > 0; left--)
            ReadChanges(ref reader);
    }

    private void ReadChanges(ref TraciReader reader)
    {
        reader.Length();
        if (reader.Byte() != TraciCode.SimulationResult)
            throw reader.Broken("a result that nobody asked for");
        reader.Text(); // the simulation has no name
        reader.Byte(); // number of variables
        reader.Variable(TraciCode.Departed);
        for (var left = reader.TypedTextCount(); left > 0; left--)
            sensors.Vehicles.Enter(reader.Text());
        reader.Variable(TraciCode.Arrived);
        for (var left = reader.TypedTextCount(); left > 0; left--)
            sensors.Vehicles.Leave(reader.Text());
        reader.Variable(TraciCode.Pending);
        Waiting = reader.TypedTextCount();
        for (var i = 0; i < Waiting; i++)
            reader.Text();
    }
}
