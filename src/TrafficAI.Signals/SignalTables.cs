using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace TrafficAI.Signals;

/// <summary>What the decider needs of an intersection in every second, laid out once: nothing here that <see cref="IntersectionSignals"/>
/// does not say. Phases are counted from 0, a pair of phases is from × phases + to. Seconds.</summary>
internal sealed class SignalTables
{
    /// <summary>No such second.</summary>
    public const int Never = int.MaxValue;

    private static readonly ConditionalWeakTable<IntersectionSignals, SignalTables> Known = [];

    private readonly bool[] green;
    private readonly int[] passageSeconds;
    private readonly int[] greenUntil;
    private readonly int[] greenFrom;
    private readonly int[] greenAgain;
    private readonly int[][] foes;
    private readonly AllRed[] allRed;

    private SignalTables(IntersectionSignals signals)
    {
        Signals = signals;
        (Groups, Phases) = (signals.Groups.Length, signals.Phases.Length);
        MinimumGreen = [.. signals.Groups.Select(g => g.MinimumGreenSeconds)];
        Amber = [.. signals.Groups.Select(g => g.AmberSeconds)];
        RedAfter = [.. signals.Groups.Select(g => g.RedAfterSeconds ?? g.AmberSeconds)];
        PhaseMinimum = [.. signals.Phases.Select(p => p.MinimumSeconds)];
        green = [.. signals.Phases.SelectMany(p => p.Green)];
        Served = [.. signals.Groups.Select(g => signals.Phases.Any(p => p.Green[g.Index]))];
        PhaseLamps = [.. signals.Phases.Select(signals.LampsOf)];
        passageSeconds = [.. signals.Interphases.Select(i => i.Length)];
        greenUntil = Of(signals, (i, group) => PassageRules.GreenUntil(signals, i, group));
        greenFrom = Of(signals, (i, group) => PassageRules.GreenFrom(signals, i, group, 0));
        greenAgain = Of(signals, (i, group) =>
            PassageRules.GreenUntil(signals, i, group) is { } until ? PassageRules.GreenFrom(signals, i, group, until) : null);
        foes = [.. signals.Groups.Select(g => signals.Groups.Select(f => f.Index).Where(f => signals.Intergreen(f, g.Index) > 0).ToArray())];
        allRed = [.. signals.Interphases.Select(passage => AllRed.Of(signals, passage))];
        LongestClearance = signals.IntergreenSeconds.Append(0).Max();
        LongestPassages = [.. Enumerable.Range(0, Phases).Select(LongestPassage)];
        LongestStays = [.. Enumerable.Range(0, Phases).Select(phase => Math.Max(Service(phase), LongestClearance))];
        RoundSeconds = LongestPassages.Sum() + LongestStays.Sum() + Phases * signals.DecisionIntervalSeconds;
    }

    public IntersectionSignals Signals { get; }

    public int Groups { get; }

    public int Phases { get; }

    public int[] MinimumGreen { get; }

    public int[] Amber { get; }

    /// <summary>Seconds from the end of a group's green to its red, at the least.</summary>
    public int[] RedAfter { get; }

    public int[] PhaseMinimum { get; }

    /// <summary>Per group: some phase serves it.</summary>
    public bool[] Served { get; }

    /// <summary>Per phase what the groups show in it.</summary>
    public ImmutableArray<Lamp>[] PhaseLamps { get; }

    /// <summary>The longest intergreen.</summary>
    public int LongestClearance { get; }

    /// <summary>Per phase: no passage to it takes longer.</summary>
    public int[] LongestPassages { get; }

    /// <summary>Per phase: after so long it may be left for any other, whoever has begun with it and whoever has ended before.</summary>
    public int[] LongestStays { get; }

    /// <summary>No round over all phases at their minima takes longer, in whatever order.</summary>
    public int RoundSeconds { get; }

    /// <summary>The tables of an intersection; made when first asked for, and kept as long as it.</summary>
    public static SignalTables Of(IntersectionSignals signals) => Known.GetValue(signals, static s => new(s));

    public ReadOnlySpan<bool> Green(int phase) => green.AsSpan(phase * Groups, Groups);

    public int Passage(int from, int to) => passageSeconds[from * Phases + to];

    /// <summary>The second of a passage that may be lengthened.</summary>
    public ref readonly AllRed AllRedIn(int from, int to) => ref allRed[from * Phases + to];

    /// <summary>Per group how many seconds of a passage it still is green if it was; <see cref="Never"/> if it does not end.</summary>
    public ReadOnlySpan<int> GreenUntil(int from, int to) => greenUntil.AsSpan((from * Phases + to) * Groups, Groups);

    /// <summary>Per group after how many seconds of a passage it is green; <see cref="Never"/> if it does not begin.</summary>
    public ReadOnlySpan<int> GreenFrom(int from, int to) => greenFrom.AsSpan((from * Phases + to) * Groups, Groups);

    /// <summary>The same for a group that was green and ended in the passage.</summary>
    public ReadOnlySpan<int> GreenAgain(int from, int to) => greenAgain.AsSpan((from * Phases + to) * Groups, Groups);

    /// <summary>The groups after whose green this one must wait.</summary>
    public ReadOnlySpan<int> Foes(int group) => foes[group];

    /// <summary>Shortest time of a phase all of whose groups have just begun.</summary>
    public int Service(int phase)
    {
        var service = PhaseMinimum[phase];
        for (var group = 0; group < Groups; group++)
            if (Green(phase)[group]) service = Math.Max(service, MinimumGreen[group]);
        return service;
    }

    /// <summary>The first second at or after <paramref name="second"/> at which the class allows a change.</summary>
    public long AtInterval(long second) => SignalDecider.AtInterval(Signals, second);

    private int LongestPassage(int to)
    {
        var passage = 0;
        for (var from = 0; from < Phases; from++) passage = Math.Max(passage, Passage(from, to));
        return passage;
    }

    private static int[] Of(IntersectionSignals signals, Func<Interphase, int, int?> second) =>
        [.. signals.Interphases.SelectMany(i => signals.Groups.Select(g => second(i, g.Index) ?? Never))];
}
