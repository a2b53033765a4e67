using TrafficAI.Network;

namespace TrafficAI.Simulation;

/// <summary>Which state a programme shows.</summary>
public static class ProgramClock
{
    /// <summary>The letters of a programme at a time, as a fixed programme.</summary>
    /// <param name="milliseconds">Street time.</param>
    public static string LettersAt(SignalProgram program, long milliseconds) => StateAt(program, milliseconds).Letters;

    /// <summary>The same, and the street time, in milliseconds, up to which they last.</summary>
    public static (string Letters, long Until) StateAt(SignalProgram program, long milliseconds)
    {
        ArgumentNullException.ThrowIfNull(program);
        long cycle = 0;
        foreach (var state in program.States) cycle += state.DurationMilliseconds;
        var at = (milliseconds - program.OffsetMilliseconds) % cycle;
        if (at < 0) at += cycle;
        var until = milliseconds - at;
        foreach (var state in program.States)
        {
            until += state.DurationMilliseconds;
            if (until > milliseconds) return (state.Letters, until);
        }

        return (program.States[^1].Letters, until);
    }
}
