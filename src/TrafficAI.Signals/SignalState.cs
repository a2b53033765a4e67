using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>What the signals of an intersection show during one street second, and since when.</summary>
/// <param name="Second">The street second: the lamps hold during [second, second + 1).</param>
/// <param name="Phase">The running phase, or during an interphase the one that is being left.</param>
/// <param name="Next">During an interphase the phase that follows, else null.</param>
/// <param name="Elapsed">Seconds that the phase (or the interphase) has been shown, this second included; at least 1. A second of all red that is lengthened counts once.</param>
/// <param name="Lamps">What each group shows.</param>
/// <param name="LampSeconds">Seconds that each group has shown it without a break, this second included; green and flashing green
/// count as one. At least 1.</param>
/// <param name="LampSequence">Counts the changes of any lamp since the controller started.</param>
/// <remarks>Immutable, but for that of a <see cref="SignalOutlook"/>, which moves on in place.</remarks>
public sealed record SignalState(
    long Second, PhaseId Phase, PhaseId? Next, int Elapsed, ImmutableArray<Lamp> Lamps, ImmutableArray<int> LampSeconds, long LampSequence)
{
    private (long Second, PhaseId Phase, PhaseId? Next, int Elapsed, ImmutableArray<Lamp> Lamps, long Sequence) shown = (Second, Phase, Next, Elapsed, Lamps, LampSequence);

    public long Second { get => shown.Second; init => shown.Second = value; }

    public PhaseId Phase { get => shown.Phase; init => shown.Phase = value; }

    public PhaseId? Next { get => shown.Next; init => shown.Next = value; }

    public int Elapsed { get => shown.Elapsed; init => shown.Elapsed = value; }

    public ImmutableArray<Lamp> Lamps { get => shown.Lamps; init => shown.Lamps = value; }

    public long LampSequence { get => shown.Sequence; init => shown.Sequence = value; }

    /// <summary>The phase that is running or will follow the running interphase.</summary>
    public PhaseId Target => Next ?? Phase;

    /// <summary>Shows something else in place; the seconds of the lamps are their owner's.</summary>
    internal void Become(long second, in SignalMove move, long lampSequence) =>
        shown = (second, move.Phase, move.Next, move.Elapsed, move.Lamps, lampSequence);
}
