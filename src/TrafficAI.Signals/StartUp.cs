using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>What a controller shows in a fault, and how it comes back to its first phase: amber, then all red for as long as the longest
/// intergreen, since nobody knows who went while amber flashed.</summary>
internal sealed class StartUp
{
    private const int AmberSeconds = 3;
    private const int LeastAllRedSeconds = 2;

    private readonly IntersectionSignals signals;
    private readonly int amberSeconds;
    private readonly LampImage amber;
    private readonly LampImage allRed;

    public StartUp(IntersectionSignals signals)
    {
        this.signals = signals;
        First = signals.LocalPlan.Steps[0].Phase;
        amberSeconds = signals.Groups.Select(g => g.AmberSeconds).Append(AmberSeconds).Max();
        Length = amberSeconds + signals.IntergreenSeconds.Append(LeastAllRedSeconds).Max();
        amber = Image(group => !IsControlled(group) ? null : group.Kind == GroupKind.Vehicle ? 'y' : 'r');
        allRed = Image(group => IsControlled(group) ? 'r' : null);
        var fault = Image(group => group.Kind == GroupKind.Vehicle ? 'o' : 'O');
        (FaultLamps, FaultLetters) = (fault.Lamps, fault.Letters);
    }

    public PhaseId First { get; }

    /// <summary>Seconds from the release to the first phase.</summary>
    public int Length { get; }

    /// <summary>Flashing amber, pedestrians dark.</summary>
    public ImmutableArray<Lamp> FaultLamps { get; }

    public string FaultLetters { get; }

    /// <param name="second">Seconds since the release, 0 to <see cref="Length"/> − 1.</param>
    public LampImage Image(int second) => second < amberSeconds ? amber : allRed;

    /// <summary>It is green in some phase; what never is keeps what the first phase shows.</summary>
    private bool IsControlled(SignalGroup group) => signals.Phases.Any(phase => phase.Green[group.Index]);

    /// <param name="letterOf">The letter of a group, or null for that of the first phase.</param>
    private LampImage Image(Func<SignalGroup, char?> letterOf)
    {
        var letters = signals.Phase(First).Letters.ToCharArray();
        foreach (var group in signals.Groups)
            foreach (var link in group.Links) letters[link] = letterOf(group) ?? letters[link];
        return new([.. signals.Groups.Select(group => Letter.Lamp(letters[group.Links[0]]))], new string(letters));
    }
}
