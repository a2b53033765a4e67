using TrafficAI.Network;

namespace TrafficAI.Sumo.Tests;

/// <summary>Shows the file's own programmes letter by letter, as a controller would.</summary>
internal static class ProgramDriver
{
    public static void Show(SumoEngine engine, RoadNetwork network)
    {
        foreach (var intersection in network.Intersections)
            engine.Show(intersection.Index, LettersAt(intersection.Program, engine.Second));
    }

    public static string LettersAt(SignalProgram program, long second)
    {
        var cycle = program.States.Sum(s => s.DurationMilliseconds);
        var left = ((second * 1000 - program.OffsetMilliseconds) % cycle + cycle) % cycle;
        foreach (var state in program.States)
        {
            if (left < state.DurationMilliseconds)
                return state.Letters;
            left -= state.DurationMilliseconds;
        }
        throw new InvalidOperationException("A programme without states.");
    }
}
