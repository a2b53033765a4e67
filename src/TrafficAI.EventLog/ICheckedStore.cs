namespace TrafficAI.EventLog;

/// <summary>A log that can examine its own storage, below the level of events.</summary>
public interface ICheckedStore
{
    /// <summary>Examines the storage from end to end, in one reading.</summary>
    /// <param name="fault">Told what is wrong, a line each; not called if nothing is.</param>
    /// <param name="event">Shown every event, by rising position.</param>
    /// <exception cref="EventLogException">The storage cannot be read on.</exception>
    void CheckStorage(Action<string> fault, Action<RecordedEvent> @event);
}
