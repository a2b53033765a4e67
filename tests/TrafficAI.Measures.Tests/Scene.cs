using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>A small intersection, and frames for it: one stop lane with its loops under group 0, a crossing under group 1, an exit lane. Loops: 0 stop, 1 advance (5 s before the line), 2 exit.</summary>
internal sealed class Scene
{
    public static readonly IntersectionId Id = new("x");

    private readonly List<Frame> frames = [];
    private long second;
    private long changes;

    public static IntersectionLayout Layout { get; } = new(
        Id,
        [new(0, "w_0", 0, [0], [0], 0, 1, 5_000)],
        [new(0, "w", [0], 2_000)],
        [new(0, "w_0>e_0", 0, 0, 0, TurnDirection.Straight)],
        [new(0, "K1", GroupKind.Vehicle, 2, 3), new(1, "P1", GroupKind.Pedestrian, 4, 0)],
        [new(0, [0], 100)],
        [new(0, "e_0", 2)],
        [new(0, "w_0/stop", 1), new(1, "w_0/advance", 2), new(2, "e_0/exit", 3)],
        [[true, false], [false, true]]);

    public ImmutableArray<Frame> Frames => [.. frames];

    /// <summary>Seconds shown so far: the next one.</summary>
    public long Second => second;

    /// <summary>Seconds that show the same, with loops.</summary>
    /// <param name="walk">What the crossing shows; red by default.</param>
    public Scene Show(int seconds, Lamp lamp, LoopReading stop = default, LoopReading advance = default, LoopReading exit = default, Lamp walk = Lamp.Red)
    {
        for (var i = 0; i < seconds; i++) Add(lamp, walk, new(Sensing.Loops, [], [stop, advance, exit]));
        return this;
    }

    /// <summary>One second with tracked vehicles.</summary>
    public Scene See(Lamp lamp, params ReadOnlySpan<TrackedObject> objects)
    {
        Add(lamp, Lamp.Red, new(Sensing.Full, [.. objects], [default, default, default]));
        return this;
    }

    /// <summary>Seconds of which no frame comes.</summary>
    public Scene Lose(int seconds)
    {
        second += seconds;
        return this;
    }

    /// <summary>What a meter with this window makes of the frames.</summary>
    public IntersectionMeter Meter(MeasureWindow? window = null, IntersectionLayout? layout = null)
    {
        var meter = new IntersectionMeter(layout ?? Layout, window ?? MeasureWindow.Everything);
        foreach (var frame in frames) meter.Take(frame);
        return meter;
    }

    /// <summary>The figures of [from, to); by default of all that was shown.</summary>
    public IntersectionMeasures Measure(long from = 0, long? to = null)
    {
        var window = new MeasureWindow(from, to ?? second, 900);
        return IntersectionReport.Of(Meter(window), window.From, window.To);
    }

    private void Add(Lamp lamp, Lamp walk, DetectorReadings readings)
    {
        var phase = new PhaseId(walk == Lamp.Red ? 1 : 2);
        frames.Add(new(Id, second + 1, ControlMode.Plan, new(second, phase, null, 1, [lamp, walk], [1, 1], ++changes), readings));
        second++;
    }
}
