namespace TrafficAI.Signals.Street;

/// <summary>A simulated street. It shows lamps and yields detector values, nothing else. Not thread-safe.</summary>
public interface IEngine : IDisposable
{
    /// <summary>The street second that begins now.</summary>
    long Second { get; }

    /// <summary>Nothing more will happen: the end of the window.</summary>
    bool Finished { get; }

    /// <summary>Vehicles in the street now, and vehicles that wait to enter it.</summary>
    (int Running, int Waiting) Vehicles { get; }

    /// <summary>What the detectors of an intersection said of the last second.</summary>
    /// <param name="intersection">Index in the network.</param>
    DetectorReadings Sense(int intersection);

    /// <summary>Shows lamps from now on.</summary>
    /// <param name="intersection">Index in the network.</param>
    /// <param name="letters">One SUMO letter per signal link.</param>
    void Show(int intersection, string letters);

    /// <summary>Lets one second pass.</summary>
    /// <exception cref="EngineException">The street has gone.</exception>
    void Step();
}

/// <summary>An engine that cannot start or go on. The message is one line: what happened, what next.</summary>
public sealed class EngineException(string message, Exception? inner = null) : Exception(message, inner);
