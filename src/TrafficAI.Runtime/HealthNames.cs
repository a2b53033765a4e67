using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;

namespace TrafficAI.Runtime;

/// <summary>Detectors, their conditions and the rungs of the fallback ladder by the names under which they are recorded.</summary>
public static class HealthNames
{
    public static string Of(DetectorCondition condition) => condition switch
    {
        DetectorCondition.Good => "good",
        DetectorCondition.Silent => "silent",
        DetectorCondition.Stuck => "stuck",
        DetectorCondition.Chattering => "chattering",
        DetectorCondition.Impossible => "impossible",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "This condition has no recorded name."),
    };

    public static string Of(ControlLevel level) => level switch
    {
        ControlLevel.Sensed => "sensed",
        ControlLevel.Profiles => "profiles",
        ControlLevel.Actuated => "actuated",
        ControlLevel.Plan => "plan",
        ControlLevel.Local => "local",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "This rung has no recorded name."),
    };

    /// <param name="detector">Position in <see cref="TrafficPicture.Detectors"/>.</param>
    public static string Detector(IntersectionModel model, int detector)
    {
        var loops = model.Intersection.Detectors;
        return detector < loops.Length ? loops[detector].Id : $"{Lane(model, detector - loops.Length)}/sight";
    }

    /// <param name="lane">Index of a stop lane.</param>
    public static string Lane(IntersectionModel model, int lane) => LaneOf(model, model.Lanes[lane].StopDetector);

    /// <param name="exit">Index of an exit lane.</param>
    public static string ExitLane(IntersectionModel model, int exit) => LaneOf(model, model.ExitDetectors[exit]);

    private static string LaneOf(IntersectionModel model, int detector)
    {
        var loop = model.Intersection.Detectors[detector].Id;
        return loop[..loop.LastIndexOf('/')];
    }
}
