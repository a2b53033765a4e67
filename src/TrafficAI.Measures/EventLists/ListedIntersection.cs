using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Measures.EventLists;

/// <summary>Measures an intersection from a high-resolution event list: second by second it shows the lamps and detectors of the list as a frame would.</summary>
public sealed class ListedIntersection
{
    private const double ShortMetres = 6;

    private readonly IntersectionLayout layout;
    private readonly IntersectionMeter meter;
    private readonly SortedDictionary<int, int> groupOfPhase;
    private readonly SortedDictionary<int, int> groupOfWalk;
    private readonly SortedDictionary<int, int> detectorOf = [];
    private readonly Lamp[] lamps;
    private readonly bool[] isOn;
    private readonly int[] occupied;
    private readonly long[] onSince;
    private readonly int[] counted;
    private long changes;

    private ListedIntersection(string device, ImmutableArray<HighResolutionEvent> events, ImmutableArray<EventChannel> channels, MeasureWindow window)
    {
        var phases = Phases(events, EventCodes.BeginGreen, EventCodes.BeginRedClearance);
        var walks = Phases(events, EventCodes.BeginWalk, EventCodes.BeginSolidDoNotWalk);
        groupOfPhase = Numbered(phases, 0);
        groupOfWalk = Numbered(walks, phases.Length);
        var numbers = events.Where(e => e.Code is EventCodes.DetectorOff or EventCodes.DetectorOn).Select(e => e.Parameter).Concat(channels.Select(c => c.Channel)).Distinct().Order().ToArray();
        for (var i = 0; i < numbers.Length; i++) detectorOf.Add(numbers[i], i);
        layout = Layout(device, phases, walks, numbers, channels);
        meter = new(layout, window);
        lamps = new Lamp[layout.Groups.Length];
        (isOn, occupied, onSince, counted) = (new bool[numbers.Length], new int[numbers.Length], new long[numbers.Length], new int[numbers.Length]);
    }

    /// <summary>Measures every device of a list.</summary>
    /// <param name="events">In any order.</param>
    /// <param name="channels">What its detector channels are; without them only lamps, buttons and requests are measured.</param>
    /// <param name="start">Second 0 of the window.</param>
    public static ImmutableArray<IntersectionMeter> Measure(
        IReadOnlyCollection<HighResolutionEvent> events, IReadOnlyCollection<EventChannel> channels, Instant start, MeasureWindow window) =>
    [
        .. events.GroupBy(e => e.Device, StringComparer.Ordinal).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of =>
        {
            var listed = new ListedIntersection(of.Key, [.. of.OrderBy(e => e.Milliseconds)], [.. channels.Where(c => c.Device == of.Key)], window);
            listed.Run([.. of.OrderBy(e => e.Milliseconds)], start.Milliseconds);
            return listed.meter;
        }),
    ];

    private static int[] Phases(ImmutableArray<HighResolutionEvent> events, int first, int last) =>
        [.. events.Where(e => e.Code >= first && e.Code <= last).Select(e => e.Parameter).Distinct().Order()];

    private static SortedDictionary<int, int> Numbered(int[] phases, int first)
    {
        var numbers = new SortedDictionary<int, int>();
        for (var i = 0; i < phases.Length; i++) numbers.Add(phases[i], first + i);
        return numbers;
    }

    private IntersectionLayout Layout(string device, int[] phases, int[] walks, int[] numbers, ImmutableArray<EventChannel> channels)
    {
        var own = channels.Where(c => c.Function != ChannelFunction.Exit).GroupBy(c => c.Lane == "" ? Text(c.Channel) : c.Lane, StringComparer.Ordinal).OrderBy(c => c.Key, StringComparer.Ordinal).ToList();
        var roads = own.Select(lane => Road(lane.Key)).Distinct(StringComparer.Ordinal).ToList();
        var lanes = own.Select((lane, i) => Lane(lane.Key, i, roads.IndexOf(Road(lane.Key)), [.. lane])).ToImmutableArray();
        var exits = channels.Where(c => c.Function == ChannelFunction.Exit).ToList();
        return new(
            new(device), lanes, [.. roads.Select((road, i) => new MeasuredApproach(i, road, [.. lanes.Where(l => l.Approach == i).Select(l => l.Index)], int.MaxValue))],
            [],
            [
                .. phases.Select((phase, i) => new MeasuredGroup(i, Text(phase), GroupKind.Vehicle, phase, 0)),
                .. walks.Select((phase, i) => new MeasuredGroup(phases.Length + i, $"P{Text(phase)}", GroupKind.Pedestrian, phase, 0)),
            ],
            [],
            [.. exits.Select((exit, i) => new MeasuredExit(i, exit.Lane, detectorOf[exit.Channel]))],
            [.. numbers.Select((number, i) => new MeasuredDetector(i, Text(number), number))],
            [])
        {
            IsListed = true,
            HasShortLoops = channels.Where(c => c.Function == ChannelFunction.Presence).Any(c => c.LengthMetres < ShortMetres),
        };
    }

    private MeasuredLane Lane(string name, int index, int road, ImmutableArray<EventChannel> channels)
    {
        var groups = channels.SelectMany(c => c.Phases).Distinct().Where(groupOfPhase.ContainsKey).Select(phase => groupOfPhase[phase]).Order();
        var (presence, count, advance) = (Detector(ChannelFunction.Presence), Detector(ChannelFunction.Count), channels.FirstOrDefault(c => c.Function == ChannelFunction.Advance));
        return new(index, name, road, [.. groups], [], presence, advance is null ? -1 : detectorOf[advance.Channel], advance?.TravelMilliseconds ?? 0)
        {
            CountDetector = count >= 0 ? count : presence,
        };

        int Detector(ChannelFunction function) => channels.FirstOrDefault(c => c.Function == function) is { } channel ? detectorOf[channel.Channel] : -1;
    }

    /// <summary>Lanes of one road are named edge, underscore, number.</summary>
    private static string Road(string lane) => lane.LastIndexOf('_') is > 0 and var at ? lane[..at] : lane;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Run(ImmutableArray<HighResolutionEvent> events, long start)
    {
        var second = Floor(events[0].Milliseconds - start);
        var last = Floor(events[^1].Milliseconds - start);
        for (var next = 0; second <= last; second++)
        {
            var end = start + (second + 1) * 1000;
            for (; next < events.Length && events[next].Milliseconds < end; next++) Take(events[next], second);
            for (var detector = 0; detector < isOn.Length; detector++)
            {
                if (!isOn[detector]) continue;
                occupied[detector] += (int)(end - onSince[detector]);
                onSince[detector] = end;
            }

            Show(second);
        }
    }

    private static long Floor(long milliseconds) => (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000;

    private void Take(in HighResolutionEvent e, long second)
    {
        if (e.Code is EventCodes.DetectorOn or EventCodes.DetectorOff) Switch(detectorOf[e.Parameter], e.Milliseconds, e.Code == EventCodes.DetectorOn);
        else if (e.Code is >= EventCodes.BeginWalk and <= EventCodes.BeginSolidDoNotWalk)
            lamps[groupOfWalk[e.Parameter]] = e.Code switch { EventCodes.BeginWalk => Lamp.Green, EventCodes.BeginSolidDoNotWalk => Lamp.Red, _ => Lamp.FlashingGreen };
        else if (e.Code is >= EventCodes.BeginGreen and <= EventCodes.BeginRedClearance) TakePhase(e, second, groupOfPhase[e.Parameter]);
        else if (e.Code == EventCodes.PedestrianCall && groupOfWalk.TryGetValue(e.Parameter, out var walk)) meter.Take(new Fact.PedestrianCalled(second, walk));
        else if (e.Code is >= EventCodes.DetectorRestored and <= EventCodes.LastDetectorFault)
            meter.Take(new Fact.DetectorChanged(second, Text(e.Parameter), e.Code == EventCodes.DetectorRestored ? "good" : Text(e.Code)));
        else if (e.Code == EventCodes.PriorityCheckIn) meter.Take(new Fact.PriorityAsked(second, Text(e.Parameter), ObjectClass.Other));
        else if (e.Code == EventCodes.PriorityCheckOut) meter.Take(new Fact.PriorityAnswered(second, Text(e.Parameter), "completed"));
        else if (e.Code == EventCodes.PreemptionEntry) meter.Take(new Fact.Preempted(second));
    }

    private void TakePhase(in HighResolutionEvent e, long second, int group)
    {
        switch (e.Code)
        {
            case EventCodes.BeginGreen: lamps[group] = Lamp.Green; break;
            case EventCodes.BeginYellow: lamps[group] = Lamp.Amber; break;
            case EventCodes.EndYellow or EventCodes.BeginRedClearance: lamps[group] = Lamp.Red; break;
            case EventCodes.GreenTermination when lamps[group] == Lamp.Green: lamps[group] = Lamp.Red; break;
            case EventCodes.GapOut: meter.Take(new Fact.GreenEnded(second, group, Termination.GapOut)); break;
            case EventCodes.MaxOut: meter.Take(new Fact.GreenEnded(second, group, Termination.MaxOut)); break;
            case EventCodes.ForceOff: meter.Take(new Fact.GreenEnded(second, group, Termination.ForceOff)); break;
        }
    }

    private void Switch(int detector, long at, bool on)
    {
        if (isOn[detector]) occupied[detector] += (int)(at - onSince[detector]);
        if (on) counted[detector]++;
        (isOn[detector], onSince[detector]) = (on, at);
    }

    private void Show(long second)
    {
        var loops = new LoopReading[isOn.Length];
        for (var i = 0; i < loops.Length; i++) loops[i] = new((byte)Math.Min(counted[i], byte.MaxValue), (ushort)Math.Clamp(occupied[i], 0, 1000));
        Array.Clear(occupied);
        Array.Clear(counted);
        var shown = new SignalState(second, new(1), null, 1, [.. lamps], [.. Enumerable.Repeat(1, lamps.Length)], ++changes);
        meter.Take(new Frame(layout.Id, second + 1, ControlMode.Plan, shown, new(Sensing.Loops, [], [.. loops])));
    }
}
