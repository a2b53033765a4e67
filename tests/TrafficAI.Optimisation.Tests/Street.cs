using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Small intersections written down by hand: lane i is stop lane i, its movements have the links that follow one another.</summary>
internal sealed class Street
{
    public const double Limit = 50 / 3.6;
    private const int AmberSeconds = 3;
    private readonly List<Movement> movements = [];
    private readonly List<LaneModel> lanes = [];
    private double feederOffsetMetres;

    public int UnseenGroups { get; init; }

    /// <summary>Adds a stop lane with one movement per direction; all exits differ.</summary>
    public Street Lane(params TurnDirection[] directions)
    {
        var first = movements.Count;
        foreach (var direction in directions)
        {
            var index = movements.Count;
            movements.Add(new(index, lanes.Count, index, index, index, direction, [], [], false, 20));
        }

        lanes.Add(new(lanes.Count, 300, Limit, [.. Enumerable.Range(first, directions.Length)], 0, 0, 45));
        return this;
    }

    /// <summary>All stop lanes become pockets of a length, fed by one lane upstream: the observed lane after the stop lanes.</summary>
    public Street Pockets(double metres)
    {
        feederOffsetMetres = metres;
        for (var i = 0; i < lanes.Count; i++) lanes[i] = lanes[i] with { LengthMetres = metres };
        return this;
    }

    public Street Yields(int movement, params int[] to)
    {
        movements[movement] = movements[movement] with { YieldsTo = [.. to], WaitsInside = true };
        return this;
    }

    public Street Crosses(int movement, params int[] others)
    {
        movements[movement] = movements[movement] with { Crosses = [.. others] };
        return this;
    }

    /// <summary>The model with phases given by their letters, one per movement, then one per pedestrian group; minimum 5 s, amber 3 s.</summary>
    public IntersectionModel Phases(params string[] letters)
    {
        var count = lanes.Count;
        var detectors = Detectors(count);
        var modelled = lanes.Select(l => l with { StopDetector = l.Index, AdvanceDetector = count + l.Index });
        var signals = Signals(letters);
        return new(
            new(0, new("X"), new("0", "static", 0, []), [0], [],
                [.. lanes.Select(l => new StopLane(l.Index, l.Index, l.Movements))],
                [.. lanes.Select(l => new ObservedLane(l.Index, l.Index, 0, [l.Index])), .. Feeders()],
                [.. movements.Select(m => 100 + m.Exit)],
                detectors),
            signals,
            [.. modelled],
            [.. movements],
            [.. letters.SelectMany(phase => movements.Select(m => phase[m.Link] switch { 'G' => Right.Protected, 'g' => Right.Yielding, _ => Right.None }))],
            [.. movements.Select(m => 2 * count + m.Exit)],
            HasFeeder ? [[.. lanes.Select(l => l.Index)]] : [.. lanes.Select(l => ImmutableArray.Create(l.Index))],
            [.. Enumerable.Repeat(-1, count * count), .. Feeders().SelectMany(_ => lanes.Select(l => l.Index))],
            [.. Enumerable.Range(movements.Count, UnseenGroups)]);
    }

    private bool HasFeeder => feederOffsetMetres > 0;

    private ObservedLane[] Feeders() => HasFeeder ? [new(lanes.Count, 50, feederOffsetMetres, [.. lanes.Select(l => l.Index)])] : [];

    private ImmutableArray<Detector> Detectors(int count) =>
    [
        .. lanes.Select(l => new Detector(l.Index, $"{l.Index}/stop", DetectorKind.Stop, l.Index, 299, l.Index)),
        .. lanes.Select(l => new Detector(count + l.Index, $"{l.Index}/advance", DetectorKind.Advance, l.Index, 255, l.Index)),
        .. movements.Select(m => new Detector(2 * count + m.Exit, $"{m.Exit}/exit", DetectorKind.Exit, 100 + m.Exit, 5, -1)),
    ];

    private IntersectionSignals Signals(string[] letters)
    {
        var groups = letters[0].Length;
        var phases = letters.Select((l, i) => new Phase(PhaseId.OfIndex(i), [.. l.Select(c => c is 'G' or 'g')], l, 5)).ToImmutableArray();
        return new(
            new("X"), ControlClass.RPlus, groups,
            [.. Enumerable.Range(0, groups).Select(g => new SignalGroup(g, g < movements.Count ? GroupKind.Vehicle : GroupKind.Pedestrian, [g], 5, AmberSeconds))],
            phases,
            [.. new Conflict[groups * groups]],
            [.. new int[groups * groups]],
            [.. phases.SelectMany(from => phases.Select(to => Interphase(from, to)))],
            new(30 * phases.Length, 0, [.. phases.Select((p, i) => new FixedStep(p.Id, 30 * i))]),
            1, null);
    }

    private static Interphase Interphase(Phase from, Phase to)
    {
        var ends = Enumerable.Range(0, from.Green.Length).Any(g => from.Green[g] && !to.Green[g]);
        var lamps = Enumerable.Range(0, from.Green.Length)
            .Select(g => !from.Green[g] ? Lamp.Red : to.Green[g] ? Lamp.Green : Lamp.Amber).ToImmutableArray();
        return new(from.Id, to.Id, [.. Enumerable.Repeat(new LampImage(lamps, ""), ends ? AmberSeconds : 0)]);
    }
}
