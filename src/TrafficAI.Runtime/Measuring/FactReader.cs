using TrafficAI.EventLog;
using TrafficAI.Measures;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Network;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Measuring;

/// <summary>Turns recorded events into what measures are computed from.</summary>
public static class FactReader
{
    /// <summary>Gives an input to a meter.</summary>
    public static void Give(IntersectionInput input, IntersectionMeter meter)
    {
        if (input is IntersectionInput.FrameCame came) meter.Take(came.Frame);
        else if (FactOf(input) is { } fact) meter.Take(fact);
    }

    /// <summary>What an input besides a frame says; null for nothing that is measured.</summary>
    public static Fact? FactOf(IntersectionInput input) => input switch
    {
        IntersectionInput.FrameMissed missed => new Fact.FrameMissed(missed.Second),
        IntersectionInput.BacklogCame later => new Fact.ToldLater(later.Second, later.Frames.Length),
        IntersectionInput.PriorityAsked { Request.IsCancelled: false } asked =>
            new Fact.PriorityAsked(asked.Second, NameOf(PriorityCodec.BootText(asked.Request.Boot), asked.Request.Number), asked.Request.Class),
        IntersectionInput.PlanningHeld => new Fact.PlanningChanged(input.Second, IsHeld: true),
        IntersectionInput.PlanningResumed => new Fact.PlanningChanged(input.Second, IsHeld: false),
        _ => null,
    };

    /// <summary>Gives an event of a stream <c>inputs-{id}</c> to a meter.</summary>
    /// <exception cref="RecordException">It is damaged, or of a type unknown to this build.</exception>
    public static void GiveInput(IntersectionId id, RecordedEvent e, IntersectionMeter meter)
    {
        if (e.Type != StreamDigested.EventType) Give(InputCodec.Decode(id, e.Type, e.Payload), meter);
    }

    /// <summary>Gives an event of a stream <c>intersection-{id}</c> to a meter.</summary>
    /// <exception cref="RecordException">It is damaged.</exception>
    public static void GiveEvent(RecordedEvent e, IntersectionMeter meter)
    {
        if (FactOf(e) is { } fact) meter.Take(fact);
    }

    /// <summary>What an event of a stream <c>intersection-{id}</c> says; null for nothing that is measured.</summary>
    /// <exception cref="RecordException">It is damaged.</exception>
    public static Fact? FactOf(RecordedEvent e) => e.Type switch
    {
        IntersectionEvent.PhaseDecided => Decided((PhaseDecided)EventTypes.Decode(e)),
        IntersectionEvent.DetectorHealthChanged when EventTypes.Decode(e) is DetectorHealthChanged c => new Fact.DetectorChanged(c.Second, c.Detector, c.Condition),
        IntersectionEvent.ControlLevelChanged when EventTypes.Decode(e) is ControlLevelChanged c => new Fact.LevelChanged(c.Second, c.From, c.To),
        IntersectionEvent.IncidentFound when EventTypes.Decode(e) is IncidentFound c => new Fact.IncidentChanged(c.Second, c.Lane, Blocked: true),
        IntersectionEvent.IncidentEnded when EventTypes.Decode(e) is IncidentEnded c => new Fact.IncidentChanged(c.Second, c.Lane, Blocked: false),
        IntersectionEvent.PriorityAnswered when EventTypes.Decode(e) is PriorityAnswered c => new Fact.PriorityAnswered(c.Second, NameOf(c.Boot, c.Request), c.State),
        IntersectionEvent.ViolationFound when EventTypes.Decode(e) is ViolationFound c => new Fact.ViolationFound(c.Second),
        IntersectionEvent.OverrideBegun when EventTypes.Decode(e) is OverrideBegun { By: not OperatorDesk.Timetable } c => new Fact.OverrideChanged(c.Second, IsBegun: true),
        IntersectionEvent.OverrideEnded when EventTypes.Decode(e) is OverrideEnded c => new Fact.OverrideChanged(c.Second, IsBegun: false),
        _ => null,
    };

    private static Fact.Decided Decided(PhaseDecided decided) => new(
        decided.Second, PhaseOf(decided.Running), PhaseOf(decided.Granted), decided.Strategy, Endings.Of(decided), Endings.IsPreemption(decided));

    private static string NameOf(string boot, uint number) => $"{boot}/{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private static PhaseId PhaseOf(string name) => PhaseId.TryParse(name, out var phase) ? phase : default;
}
