namespace TrafficAI.EventLog;

/// <summary>When an append is acknowledged.</summary>
public enum Durability
{
    /// <summary>When it has been written to the open transaction, which <see cref="IEventLog.FlushAsync"/> commits. What was flushed
    /// survives the end of the process, and a power cut up to the last few seconds.</summary>
    OnWrite,

    /// <summary>When it has been committed and the disk has confirmed it: it survives a power cut. Appends that wait at the same time
    /// share one commit.</summary>
    OnFsync,
}
