using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>What a controller shows while it does not run its phases, and the ways there and back. Up: from flashing amber or dark over amber
/// (pedestrians red), then all red for as long as the longest intergreen, since nobody knows who went while amber flashed, to the
/// first phase. Down: every green ends as in any passage, then all red as long, then flashing amber.</summary>
public sealed class FlashSequences
{
    private const int AmberSeconds = 3;
    private const int LeastAllRedSeconds = 2;

    private readonly IntersectionSignals signals;
    private readonly int amberSeconds;
    private readonly LampImage amber;
    private readonly LampImage allRed;
    private readonly ImmutableArray<LampImage>[] closings;

    public FlashSequences(IntersectionSignals signals)
    {
        this.signals = signals;
        First = signals.LocalPlan.Steps[0].Phase;
        amberSeconds = signals.Groups.Select(g => g.AmberSeconds).Append(AmberSeconds).Max();
        var allRedSeconds = signals.IntergreenSeconds.Append(LeastAllRedSeconds).Max();
        StartSeconds = amberSeconds + allRedSeconds;
        amber = Image(group => !IsControlled(group) ? null : group.Kind == GroupKind.Vehicle ? 'y' : 'r');
        allRed = Image(group => IsControlled(group) ? 'r' : null);
        Flashing = Image(group => group.Kind == GroupKind.Vehicle ? 'o' : 'O');
        Dark = Image(_ => 'O');
        closings = [.. signals.Phases.Select(phase => Closing(phase, allRedSeconds))];
    }

    public PhaseId First { get; }

    /// <summary>Seconds from the first amber to the first phase.</summary>
    public int StartSeconds { get; }

    /// <summary>Flashing amber, pedestrians dark.</summary>
    public LampImage Flashing { get; }

    public LampImage Dark { get; }

    /// <param name="second">Seconds since the start began, 0 to <see cref="StartSeconds"/> − 1.</param>
    public LampImage Start(int second) => second < amberSeconds ? amber : allRed;

    /// <summary>Second by second how a phase ends for good, up to the last second of red.</summary>
    public ImmutableArray<LampImage> Closing(PhaseId phase) => closings[phase.Index];

    /// <summary>Whether all that is green has had its minimum by the time the closing ends it.</summary>
    internal bool MayClose(in StateView state)
    {
        var closing = closings[state.Phase];
        if (state.Elapsed < signals.Phases[state.Phase].MinimumSeconds) return false;
        foreach (var group in signals.Groups)
        {
            if (!state.Lamps[group.Index].IsGreen()) continue;
            var green = state.LampSeconds[group.Index];
            for (var second = 0; closing[second].Lamps[group.Index].IsGreen(); second++) green++;
            if (green < group.MinimumGreenSeconds) return false;
        }

        return true;
    }

    private ImmutableArray<LampImage> Closing(Phase phase, int allRedSeconds)
    {
        var nobody = new Phase(phase.Id, [.. phase.Green.Select(_ => false)], allRed.Letters, 1);
        var passage = InterphaseDerivation.Compute(signals.Groups, phase, nobody, signals.IntergreenSeconds);
        return [.. passage.Seconds, .. Enumerable.Repeat(allRed, allRedSeconds)];
    }

    /// <summary>It is green in some phase; what never is keeps what the first phase shows.</summary>
    private bool IsControlled(SignalGroup group) => signals.Phases.Any(phase => phase.Green[group.Index]);

    /// <param name="letterOf">The letter of a group, or null where it shows what it shows in the first phase.</param>
    private LampImage Image(Func<SignalGroup, char?> letterOf)
    {
        var letters = signals.Phase(First).Letters.ToCharArray();
        var lamps = new Lamp[signals.Groups.Length];
        foreach (var group in signals.Groups)
        {
            var letter = letterOf(group);
            lamps[group.Index] = letter is { } own ? Letter.Lamp(own) : Letter.LampInPhase(letters[group.Links[0]]);
            foreach (var link in group.Links) letters[link] = letter ?? letters[link];
        }

        return new([.. lamps], new string(letters));
    }
}
