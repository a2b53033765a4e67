namespace TrafficAI.EventLog;

/// <summary>A log that can examine its own storage, below the level of events.</summary>
public interface ICheckedStore
{
    /// <summary>Examines the storage from end to end.</summary>
    /// <returns>What is wrong, a line each; empty if nothing.</returns>
    /// <exception cref="EventLogException">The storage cannot be read.</exception>
    IReadOnlyList<string> CheckStorage();
}
