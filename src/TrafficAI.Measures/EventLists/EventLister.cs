using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Measures.EventLists;

/// <summary>Turns the frames and facts of an intersection into a high-resolution event list.</summary>
/// <remarks>Where vehicles are tracked, channels say what detectors would: presence in a zone of 12 m before the stop line, a count over it, an advance detector at it. Facts come
/// before the frames, since they say why greens end.</remarks>
public sealed class EventLister
{
    private readonly IntersectionLayout layout;
    private readonly IntersectionMeter meter;
    private readonly LoopPulses[] loops;
    private readonly bool[] present;
    private readonly List<HighResolutionEvent> events = [];
    private readonly List<Fact.Decided> decisions = [];
    private ImmutableArray<Lamp> lamps = [];
    private ControlMode? mode;
    private Sensing? sensing;
    private bool preempts;

    public EventLister(IntersectionLayout layout)
    {
        this.layout = layout;
        meter = new(layout, MeasureWindow.Everything);
        loops = [.. layout.Detectors.Select(_ => new LoopPulses())];
        present = new bool[layout.Lanes.Length];
    }

    /// <summary>The list so far, by time; of equal times as they happened.</summary>
    public ImmutableArray<HighResolutionEvent> Events => [.. events.OrderBy(e => e.Milliseconds)];

    /// <summary>What the channels are, after the first frame.</summary>
    public ImmutableArray<EventChannel> Channels
    {
        get
        {
            var tracked = sensing == Sensing.Full;
            var channels = ImmutableArray.CreateBuilder<EventChannel>();
            foreach (var lane in layout.Lanes)
            {
                ImmutableArray<int> phases = [.. lane.Groups.Select(g => layout.Groups[g].Phase)];
                Add(lane.StopDetector, ChannelFunction.Presence, phases, lane.Id, 0, tracked ? 12 : 2);
                if (tracked) channels.Add(new(layout.Id.Value, CountChannel(lane.Index), ChannelFunction.Count, phases, lane.Id, 0, 0));
                Add(lane.AdvanceDetector, ChannelFunction.Advance, phases, lane.Id, tracked ? 0 : lane.AdvanceMilliseconds, 2);
            }

            foreach (var exit in layout.Exits) Add(exit.Detector, ChannelFunction.Exit, [], exit.Id, 0, 2);
            return channels.ToImmutable();

            void Add(int detector, ChannelFunction function, ImmutableArray<int> phases, string lane, int travel, double length)
            {
                if (detector >= 0) channels.Add(new(layout.Id.Value, layout.Detectors[detector].Channel, function, phases, lane, travel, length));
            }
        }
    }

    public void Take(Fact fact)
    {
        switch (fact)
        {
            case Fact.Decided decided: Decide(decided); break;
            case Fact.DetectorChanged changed when ChannelOf(changed.Detector) is { } channel:
                Add(At(changed.Second), changed.Condition == "good" ? EventCodes.DetectorRestored : EventCodes.DetectorFault, channel);
                break;
            case Fact.PriorityAsked asked: Add(At(asked.Second), EventCodes.PriorityCheckIn, NumberOf(asked.Request)); break;
            case Fact.PriorityAnswered { State: "completed" } answered: Add(At(answered.Second), EventCodes.PriorityCheckOut, NumberOf(answered.Request)); break;
        }
    }

    public void Take(Frame frame)
    {
        var last = meter.End;
        meter.Take(frame);
        if (meter.End == last) return;
        var at = At(frame.Signals.Second);
        sensing ??= frame.Readings.Sensing;
        TakeMode(frame.Mode, at);
        for (var group = 0; group < layout.Groups.Length; group++)
        {
            var before = lamps.IsEmpty ? Lamp.Dark : lamps[group];
            if (before != frame.Signals.Lamps[group]) Change(layout.Groups[group], before, frame.Signals.Lamps[group], frame.Signals.Second, at);
        }

        lamps = frame.Signals.Lamps;
        if (frame.Readings.Sensing == Sensing.Full) See(at);
        foreach (var detector in layout.Detectors)
        {
            var channel = detector.Channel;
            loops[detector.Index].Take(at, frame.Readings.Loops[detector.Index], (when, on) => Add(when, on ? EventCodes.DetectorOn : EventCodes.DetectorOff, channel));
        }
    }

    private void TakeMode(ControlMode now, long at)
    {
        if (now == mode) return;
        if (now is ControlMode.Local or ControlMode.Plan) Add(at, EventCodes.PatternChange, now == ControlMode.Plan ? 1 : 0);
        if (now is ControlMode.Off or ControlMode.Fault) Add(at, EventCodes.FlashStatus, now == ControlMode.Off ? 1 : 2);
        mode = now;
    }

    private void Change(MeasuredGroup group, Lamp before, Lamp now, long second, long at)
    {
        if (group.Kind == GroupKind.Pedestrian)
        {
            if (now is Lamp.Green or Lamp.FlashingGreen or Lamp.Red)
                Add(at, now switch { Lamp.Green => EventCodes.BeginWalk, Lamp.Red => EventCodes.BeginSolidDoNotWalk, _ => EventCodes.BeginChangeInterval }, group.Phase);
            return;
        }

        // Nobody knows when a green began that was there from the first.
        if (before != Lamp.Dark && !before.IsGreen() && now.IsGreen()) Add(at, EventCodes.BeginGreen, group.Phase);
        if (before.IsGreen() && !now.IsGreen())
        {
            if (EndingOf(group.Index, second) is { } code) Add(at, code, group.Phase);
            Add(at, EventCodes.GreenTermination, group.Phase);
        }

        if (now == Lamp.Amber) Add(at, EventCodes.BeginYellow, group.Phase);
        if (before == Lamp.Amber) Add(at, EventCodes.EndYellow, group.Phase);
        if (now == Lamp.Red) Add(at, EventCodes.BeginRedClearance, group.Phase);
    }

    /// <summary>What the last decision before says that ends the group's green. What an optimiser ends is forced off: the list knows no other word.</summary>
    private int? EndingOf(int group, long second)
    {
        var ending = decisions.FindLast(d => d.Second <= second && Ends(d, group));
        return ending?.Ending switch { null => null, Termination.GapOut => EventCodes.GapOut, Termination.MaxOut => EventCodes.MaxOut, _ => EventCodes.ForceOff };
    }

    private bool Ends(Fact.Decided decided, int group) =>
        decided.Running != decided.Granted && Greens(decided.Running) is { } from && Greens(decided.Granted) is { } to && from[group] && !to[group];

    private ImmutableArray<bool>? Greens(PhaseId phase) => phase.Number >= 1 && phase.Number <= layout.PhaseGreens.Length ? layout.PhaseGreens[phase.Index] : null;

    private void Decide(Fact.Decided decided)
    {
        decisions.Add(decided);
        if (decided.IsPreemption && !preempts) Add(At(decided.Second), EventCodes.PreemptionEntry, 1);
        preempts = decided.IsPreemption;
    }

    private void See(long at)
    {
        foreach (var lane in layout.Lanes)
        {
            var seen = meter.Seen[lane.Index];
            for (var i = 0; i < seen.Crossed; i++)
            {
                Add(at + 1000L * i / seen.Crossed, EventCodes.DetectorOn, CountChannel(lane.Index));
                Add(at + (1000L * i + 500) / seen.Crossed, EventCodes.DetectorOff, CountChannel(lane.Index));
            }

            if (present[lane.Index] == seen.OccupiedPermille > 0 || lane.StopDetector < 0) continue;
            present[lane.Index] = !present[lane.Index];
            Add(at, present[lane.Index] ? EventCodes.DetectorOn : EventCodes.DetectorOff, layout.Detectors[lane.StopDetector].Channel);
        }

        foreach (var arrival in meter.Arrived)
        {
            if (layout.Lanes[arrival.Lane].AdvanceDetector is not (>= 0 and var detector)) continue;
            Add(layout.StartMilliseconds + arrival.Milliseconds, EventCodes.DetectorOn, layout.Detectors[detector].Channel);
            Add(layout.StartMilliseconds + arrival.Milliseconds + 100, EventCodes.DetectorOff, layout.Detectors[detector].Channel);
        }
    }

    private int CountChannel(int lane) => layout.Detectors.Length + lane + 1;

    private int? ChannelOf(string detector)
    {
        foreach (var one in layout.Detectors)
            if (one.Id == detector || (detector.EndsWith("/sight", StringComparison.Ordinal) && one.Id == detector[..^"sight".Length] + "stop")) return one.Channel;
        return null;
    }

    private static int NumberOf(string request) =>
        uint.TryParse(request.AsSpan(request.LastIndexOf('/') + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? (int)(number & 0xFFFF) : 0;

    private long At(long second) => layout.StartMilliseconds + second * 1000;

    private void Add(long milliseconds, int code, int parameter) => events.Add(new(milliseconds, layout.Id.Value, code, parameter));
}
