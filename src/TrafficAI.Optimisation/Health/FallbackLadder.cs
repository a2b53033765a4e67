
namespace TrafficAI.Optimisation.Health;

/// <summary>How an intersection is controlled, and why.</summary>
/// <param name="Reason">In a few plain words.</param>
public readonly record struct Rung(ControlLevel Level, Reason Reason);

/// <summary>Chooses how an intersection is controlled by how much of it is seen: down at once, up again only when there has been no reason to
/// be so low for a while.</summary>
public sealed class FallbackLadder
{
    /// <summary>From this part of blind stop lanes on, vehicle actuation.</summary>
    private const double ActuatedShare = 0.5;

    /// <summary>From this part of blind stop lanes on, the plan of fixed times.</summary>
    private const double PlanShare = 0.6;

    private const int UpAfterSeconds = 30;
    private const int PlanAfterMissed = 10;
    private const int LocalAfterMissed = 60;

    private int missed;
    private int better;

    /// <summary>Where it stands.</summary>
    public Rung Now { get; private set; } = new(ControlLevel.Sensed, new(""));

    /// <summary>A frame has come.</summary>
    /// <returns>Where it stood before.</returns>
    public ControlLevel Seen(TrafficPicture picture)
    {
        missed = 0;
        return Step(Wanted(picture));
    }

    /// <summary>No frame has come for another second.</summary>
    /// <returns>Where it stood before.</returns>
    public ControlLevel Missed()
    {
        missed++;
        if (missed < PlanAfterMissed) return Now.Level;
        return Step(new(missed >= LocalAfterMissed ? ControlLevel.Local : ControlLevel.Plan, new("no frame for {0} s", missed)));
    }

    private static Rung Wanted(TrafficPicture picture)
    {
        var blind = 0;
        foreach (var lane in picture.Lanes) blind += lane.Blind ? 1 : 0;
        var lost = 0;
        foreach (var detector in picture.Detectors) lost += detector.IsGood ? 0 : 1;
        var level = lost == 0 ? ControlLevel.Sensed
            : blind < ActuatedShare * picture.Lanes.Length ? ControlLevel.Profiles
            : blind < PlanShare * picture.Lanes.Length ? ControlLevel.Actuated
            : ControlLevel.Plan;
        return new(level, lost == 0
            ? new("every detector is believed")
            : new("{0} of {1} detectors lost, {2} of {3} lanes blind", lost, picture.Detectors.Length, blind, picture.Lanes.Length));
    }

    private ControlLevel Step(Rung wanted)
    {
        var before = Now.Level;
        better = wanted.Level < before ? better + 1 : 0;
        if (wanted.Level <= before && better < UpAfterSeconds) return before;
        Now = wanted;
        better = 0;
        return before;
    }
}
