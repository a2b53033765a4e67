using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Optimisation.Metering;

/// <summary>Meters those who enter a region over one intersection while the streets around it are too full. It only names lanes whose queue is to wait:
/// strategies show no phase for their sake; whatever safety grants them stays.</summary>
/// <remarks>A simple form of perimeter control by feedback (Keyvan-Ekbatani and others (2012), Exploiting the fundamental diagram of urban networks for
/// feedback-based gating, Transp. Res. B 46), with every intersection for itself in place of one regulator.</remarks>
public sealed class EdgeMeter
{
    /// <summary>The region has recovered when its load has been below the critical one for so long.</summary>
    private const int RecoveredSeconds = 120;

    /// <summary>Longer without a frame nothing is known to have been let in.</summary>
    private const int LongestStepSeconds = 10;

    private readonly MeteringOptions options;
    private readonly RegionLoad region;
    private readonly Gate[] gates;
    private readonly List<GateChange> changes = [];
    private long? last;
    private bool isMetering;
    private int belowSeconds;

    public EdgeMeter(IntersectionModel model, MeteringOptions options)
    {
        this.options = options;
        region = new(model);
        gates = [.. model.Approaches.Where(lanes => IsGate(model, lanes)).Select(lanes => new Gate(lanes, Limit(model, lanes, options)))];
        Held = new bool[model.Lanes.Length];
    }

    /// <summary>Per stop lane: its queue is to wait. Valid until the next second.</summary>
    public bool[] Held { get; }

    /// <summary>As <see cref="RegionLoad.Percent"/>, at the last second.</summary>
    public int LoadPercent { get; private set; }

    /// <summary>An approach that no neighbour feeds, and that leads to one.</summary>
    /// <param name="lanes">Its stop lanes.</param>
    public static bool IsGate(IntersectionModel model, ImmutableArray<int> lanes) =>
        !model.Inlets.Any(link => link.Ends.Any(end => lanes.Contains(end.StopLane)))
        && lanes.Any(lane => model.Lanes[lane].Movements.Any(movement => model.Outlets.Any(link => link.Exit == model.Movements[movement].Exit)));

    /// <summary>Takes in what a neighbour has told.</summary>
    public void Hear(Forecast forecast)
    {
        if (forecast.Load is { } load) region.Hear(forecast.From, forecast.Second, load);
    }

    /// <summary>Takes in one second.</summary>
    /// <param name="departures">Per stop lane, as <see cref="Estimator.Departures"/>.</param>
    public void Observe(TrafficPicture picture, ReadOnlySpan<int> departures)
    {
        var seconds = last is { } before ? (int)Math.Clamp(picture.Second - before, 0, LongestStepSeconds) : 1;
        last = picture.Second;
        LoadPercent = region.Percent(picture);
        Follow(seconds);
        foreach (var gate in gates)
        {
            gate.Observe(picture, departures, seconds);
            var spare = (double)(options.CriticalPercent - LoadPercent) / RegionLoad.Full;
            if ((isMetering ? gate.Meter(seconds, spare) : gate.End()) is { } why) Tell(gate, why);
        }
    }

    /// <summary>What has changed since the last call, in the order in which it did.</summary>
    public IReadOnlyList<GateChange> Changes()
    {
        if (changes.Count == 0) return [];
        GateChange[] taken = [.. changes];
        changes.Clear();
        return taken;
    }

    /// <summary>The least of the run's limit and those of the lanes.</summary>
    private static double Limit(IntersectionModel model, ImmutableArray<int> lanes, MeteringOptions options)
    {
        var own = model.QueueLimits.IsEmpty ? null : lanes.Min(lane => model.QueueLimits[lane]);
        return Math.Min(options.QueueLimitMetres, own ?? options.QueueLimitMetres);
    }

    private void Follow(int seconds)
    {
        belowSeconds = LoadPercent < options.CriticalPercent ? Math.Min(RecoveredSeconds, belowSeconds + seconds) : 0;
        if (isMetering || belowSeconds > 0)
        {
            isMetering &= belowSeconds < RecoveredSeconds;
            return;
        }

        isMetering = true;
        foreach (var gate in gates) gate.Begin();
    }

    private void Tell(Gate gate, string why)
    {
        foreach (var lane in gate.Lanes) Held[lane] = gate.IsHeld;
        changes.Add(new(gate.Lanes, gate.IsHeld, LoadPercent, (int)(gate.PerSecond * 3600 + 0.5), (int)(gate.QueueMetres + 0.5), why));
    }
}
