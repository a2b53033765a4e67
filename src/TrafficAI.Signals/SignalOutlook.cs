namespace TrafficAI.Signals;

/// <summary>Looks ahead at one intersection without memory of its own for each second: keeps one state, and moves it on in place. Not thread-safe.</summary>
public sealed class SignalOutlook
{
    /// <summary>Beyond this many seconds <see cref="EarliestChange"/> looks no further.</summary>
    private const int Horizon = 3600;

    private readonly IntersectionSignals signals;
    private readonly RunningSignals ahead;
    private readonly RunningSignals search;

    public SignalOutlook(IntersectionSignals signals)
    {
        this.signals = signals;
        (ahead, search) = (new(signals.Groups.Length), new(signals.Groups.Length));
    }

    /// <summary>What is shown where the look ahead has come to; valid until it goes on.</summary>
    public SignalState State => ahead.Now;

    /// <summary>Begins with what is shown.</summary>
    public void Begin(SignalState state) => ahead.Begin(state);

    /// <summary>Goes on by one second, as <see cref="SignalDecider.Advance"/> does.</summary>
    public void Advance(PhaseId wanted, Calls calls, bool clears = false) => ahead.Show(SignalDecider.Choose(signals, ahead.Now, wanted, calls, clears));

    /// <summary>As <see cref="SignalDecider.EarliestChange"/>.</summary>
    public long EarliestChange(SignalState state, PhaseId wanted, Calls calls)
    {
        if (!SignalDecider.IsKnown(signals, wanted)) return long.MaxValue;
        calls.Check(signals.Groups.Length);
        var tables = SignalTables.Of(signals);
        search.Begin(state);
        while (search.Second - state.Second < Horizon)
        {
            if (search.Now.Target == wanted) return Math.Max(state.Second + 1, search.Second);
            if (search.Next is null && signals.MaximumRedSeconds is null)
                return SignalDecider.AtInterval(signals, search.Second + 1 + PassageRules.Missing(tables, search.View, wanted.Index, out _));
            search.Show(SignalDecider.Choose(tables, search.View, wanted, calls));
        }

        return long.MaxValue;
    }
}
