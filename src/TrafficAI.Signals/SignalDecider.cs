namespace TrafficAI.Signals;

/// <summary>Why safety did not grant a wish. The numbers are stable: they are recorded.</summary>
public enum Guard : byte
{
    /// <summary>Nothing bound: the wish was granted.</summary>
    None = 0,

    /// <summary>An interphase is running and is never broken off.</summary>
    Interphase = 1,

    /// <summary>A phase or a group that would end has not had its minimum.</summary>
    MinimumGreen = 2,

    /// <summary>The class allows a change only at certain seconds.</summary>
    DecisionInterval = 3,

    /// <summary>A group had to be served before its longest red: safety chose the phase.</summary>
    MaximumRed = 4,

    /// <summary>The wish names no phase of this intersection.</summary>
    UnknownPhase = 5,
}

/// <summary>What safety made of a wish for the coming second.</summary>
/// <param name="State">What will be shown.</param>
/// <param name="Bound">Which guard altered the wish, if any.</param>
public readonly record struct SignalStep(SignalState State, Guard Bound);

/// <summary>The only place that decides what the lamps show: a wish and the state of one second give the state of the next. Pure.</summary>
public static class SignalDecider
{
    /// <summary>Moves on by one second.</summary>
    /// <param name="signals">The intersection.</param>
    /// <param name="state">What is shown now.</param>
    /// <param name="wanted">The phase that somebody wants; any number is safe.</param>
    public static SignalStep Advance(IntersectionSignals signals, SignalState state, PhaseId wanted) => throw new NotSupportedException();

    /// <summary>What the controller's own plan shows at a second, as if it had always run.</summary>
    public static SignalState Start(IntersectionSignals signals, long second) => throw new NotSupportedException();

    /// <summary>The first second at or after <paramref name="state"/>.Second + 1 at which a wish for <paramref name="wanted"/> would
    /// be granted if nothing else happened; that second itself if it would be granted at once.</summary>
    public static long EarliestChange(IntersectionSignals signals, SignalState state, PhaseId wanted) => throw new NotSupportedException();
}
