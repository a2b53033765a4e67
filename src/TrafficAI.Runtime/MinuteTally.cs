using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Counts the minute that runs on the street of one intersection.</summary>
public sealed class MinuteTally
{
    private const long Length = 60;
    private const long Silence = 30;

    private MinuteFigures running;
    private bool hasBegun;
    private long lastFrame;
    private long phaseChanges;
    private long refused;
    private int alarms;

    /// <summary>Whether a second, 0 or later, is past the minute that runs.</summary>
    public bool IsOverAt(long second) => !hasBegun || second / Length > running.Minute;

    /// <summary>Begins the minute of a second.</summary>
    /// <returns>The one that has ended; null before the first.</returns>
    public MinuteFigures? Begin(long second, in Totals totals)
    {
        var ended = SoFar(totals);
        (phaseChanges, refused, alarms) = (totals.PhaseChanges, totals.Refused, totals.Alarms);
        (running, hasBegun) = (new MinuteFigures { Minute = second / Length }, true);
        return ended;
    }

    /// <summary>The minute that runs, as far as it has come; null before the first.</summary>
    public MinuteFigures? SoFar(in Totals totals) => hasBegun ? Close(totals) : null;

    public void Report(Frame frame)
    {
        lastFrame = frame.Second;
        running = running with
        {
            Frames = running.Frames + 1,
            PlanSeconds = running.PlanSeconds + (frame.Mode == ControlMode.Plan ? 1 : 0),
            LocalSeconds = running.LocalSeconds + (frame.Mode == ControlMode.Local ? 1 : 0),
            FaultSeconds = running.FaultSeconds + (frame.Mode == ControlMode.Fault ? 1 : 0),
        };
    }

    public void ReportPast() => running = running with { ToldLater = running.ToldLater + 1 };

    public void Miss() => running = running with { Missed = running.Missed + 1 };

    /// <summary>A decision; one whose estimation or strategy failed has seen no queue.</summary>
    public void Decide(Decision decision)
    {
        running = running with { Decisions = running.Decisions + 1 };
        if (decision.Failure is not null) return;
        var queue = IntersectionTally.QueueOf(decision);
        running = running with
        {
            QueueSeconds = running.QueueSeconds + 1, StoppedSeconds = running.StoppedSeconds + queue, LargestQueue = Math.Max(running.LargestQueue, queue),
        };
    }

    private MinuteFigures Close(in Totals totals) => running with
    {
        PhaseChanges = (int)(totals.PhaseChanges - phaseChanges),
        Refused = (int)(totals.Refused - refused),
        Alarms = totals.Alarms - alarms,
        SilentDetectors = totals.SilentDetectors,
        IsHeld = totals.IsHeld,
        IsConnected = running.Frames > 0 && lastFrame >= running.Minute * Length + Length - Silence,
    };

    /// <summary>What is counted elsewhere from the first input on, and what holds now.</summary>
    public readonly record struct Totals(long PhaseChanges, long Refused, int Alarms, int SilentDetectors, bool IsHeld);
}
