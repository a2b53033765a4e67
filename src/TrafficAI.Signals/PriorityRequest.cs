namespace TrafficAI.Signals;

/// <summary>A vehicle asks for a signal group, as its controller reports it.</summary>
/// <param name="Boot">Of the controller; with <paramref name="Number"/> it names the request.</param>
/// <param name="Number">The controller's own for the request.</param>
/// <param name="Group">Index of the group, from 0; whether there is one is to be checked.</param>
/// <param name="ArrivesAt">Street second at which the vehicle is expected at the stop line.</param>
/// <param name="IsCancelled">It asks no more.</param>
public readonly record struct PriorityRequest(ulong Boot, uint Number, int Group, ObjectClass Class, long ArrivesAt, bool IsCancelled)
{
    /// <summary>Persons aboard, 0 to 500; null where nobody says.</summary>
    public int? Persons { get; init; }

    /// <summary>How late it is by its timetable, in seconds, at most an hour; negative when it is early, null where nobody says.</summary>
    public int? LateSeconds { get; init; }
}

/// <summary>How far a request has come.</summary>
public enum PriorityProgress : byte
{
    /// <summary>It runs; it is too early to prepare the way, or another one comes first.</summary>
    Queued,

    /// <summary>Its phase is wanted.</summary>
    Activated,

    /// <summary>Its group has been green when it came.</summary>
    Completed,

    /// <summary>It is not served.</summary>
    Rejected,

    /// <summary>Neither served nor cancelled in time.</summary>
    Stale,
}

/// <summary>Why a request is not served.</summary>
public enum PriorityRefusal : byte
{
    /// <summary>It is, or was.</summary>
    None,
    NoSuchGroup,

    /// <summary>No phase serves its group.</summary>
    NoPhase,

    /// <summary>Vehicles of its class are not served.</summary>
    Class,

    /// <summary>Too many requests run.</summary>
    TooMany,

    /// <summary>It has been served for as long as any may be.</summary>
    ServedTooLong,

    /// <summary>A vehicle that keeps to its timetable needs no help.</summary>
    NotLate,

    /// <summary>The strategy in charge does not weigh vehicles.</summary>
    NotWeighed,
}

/// <summary>What became of a request.</summary>
/// <param name="Boot">As in the request.</param>
/// <param name="Number">As in the request.</param>
/// <param name="Reason">In a few words.</param>
public readonly record struct PriorityAnswer(ulong Boot, uint Number, PriorityProgress Progress, string Reason)
{
    /// <summary>The same as a word, of one that was rejected.</summary>
    public PriorityRefusal Refusal { get; init; }
}
