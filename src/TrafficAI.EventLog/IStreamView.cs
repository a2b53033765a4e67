namespace TrafficAI.EventLog;

/// <summary>What <see cref="AppendRule"/> must know of a stream.</summary>
internal interface IStreamView
{
    string Name { get; }

    StreamIds Ids { get; }

    /// <summary>Revision of the last event, −1 for none.</summary>
    long Head { get; }

    /// <summary>Revision of the event with this id, −1 for none.</summary>
    long RevisionOf(Guid id);

    /// <summary>Whether the event at a revision has the type and payload of this one.</summary>
    bool Holds(long revision, in EventData @event);
}
