using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Optimisation.Health;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Server.Reading;

/// <summary>Recorded events of one intersection that hold until another one ends them: an override, a detector that is not believed, the rung of the ladder, planning
/// that is held, a broken link, an alarm. Whoever begins to fold in the middle of a log takes them first. Not thread-safe.</summary>
public sealed class StandingEvents
{
    private const string Link = "link";
    private const string Alarm = "alarm";
    private const string Held = "held";
    private const string Session = "session";
    private const string Order = "override";

    private readonly SortedDictionary<string, ImmutableArray<RecordedEvent>> standing = new(StringComparer.Ordinal);
    private readonly List<RecordedEvent> gap = [];
    private RecordedEvent? lastFrame;

    /// <summary>All that stand, in the order of the log; another array whenever one has begun or ended.</summary>
    public ImmutableArray<RecordedEvent> All { get; private set; } = [];

    /// <summary>A frame that is believed has come.</summary>
    public void Come(RecordedEvent e)
    {
        lastFrame = e;
        gap.Clear();
        End(Link);
    }

    /// <summary>A frame has not come.</summary>
    /// <param name="breaks">Whether the link is taken for broken from now on.</param>
    public void Miss(RecordedEvent e, bool breaks)
    {
        if (standing.ContainsKey(Link) || lastFrame is null) return;
        gap.Add(e);
        if (breaks) Begin(Link, [lastFrame, .. gap]);
    }

    /// <summary>No violation stands any more.</summary>
    public void Release() => End(Alarm);

    /// <summary>Takes any other event.</summary>
    /// <param name="said">What it says.</param>
    public void Take(RecordedEvent e, object said)
    {
        switch (said)
        {
            case IntersectionInput.PlanningHeld: Begin(Held, [e]); break;
            case IntersectionInput.PlanningResumed: End(Held); break;
            case OverrideBegun: Begin(Order, [e]); break;
            case OverrideEnded: End(Order); break;
            case ControlLevelChanged: Begin("level", [e]); break;
            case DetectorHealthChanged { Detector: var detector, Condition: var condition }:
                if (condition == HealthNames.Of(DetectorCondition.Good)) End("detector " + detector);
                else Begin("detector " + detector, [e]);
                break;
            case ViolationFound: Begin(Alarm, [e]); break;
            case ControllerLeft: Begin(Session, [e]); break;
            case ControllerCame: End(Session); break;
            default: break;
        }
    }

    private void Begin(string what, ImmutableArray<RecordedEvent> events)
    {
        standing[what] = events;
        Tell();
    }

    private void End(string what)
    {
        if (standing.Remove(what)) Tell();
    }

    private void Tell() => All = [.. standing.Values.SelectMany(events => events).OrderBy(e => e.Position)];
}
