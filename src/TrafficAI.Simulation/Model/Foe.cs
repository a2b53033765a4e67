using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>One vehicle on its way to a link, as those see it who must let it go first. Times are seconds from the begin of the step, speeds m/s.</summary>
internal readonly struct Foe
{
    public readonly int Waiting;
    public readonly float Arrival;
    public readonly float Leave;
    public readonly float LeaveSpeed;
    public readonly float ArrivalSpeedBraking;
    public readonly float Deceleration;
    public readonly float Distance;

    public Foe(StreetState street, in Approach approach)
    {
        ref readonly var kind = ref street.Kinds[approach.Kind];
        ref readonly var link = ref street.Map.Links[approach.Link];
        ref readonly var course = ref approach.Course;
        var arrivalSpeed = course.ArrivalSpeed(kind);
        var limit = double.MinNative(kind.MaxSpeed, street.Map.Lanes[link.Next].Speed * approach.Factor);
        Waiting = approach.Waiting;
        Distance = approach.Distance;
        Deceleration = (float)kind.Deceleration;
        Arrival = course.Arrival(kind, arrivalSpeed, street.Dt);
        ArrivalSpeedBraking = course.ArrivalSpeedBraking(kind, arrivalSpeed, street.Dt);
        LeaveSpeed = float.MinNative(Course.LeaveSpeed(kind, arrivalSpeed, link.Length, limit), approach.LeaveLimit);
        Leave = Arrival + SecondsInside(link, kind, (float)arrivalSpeed, LeaveSpeed);
    }

    private static float SecondsInside(in LinkFacts link, in Kind kind, float arrivalSpeed, float leaveSpeed) =>
        (float)((link.Length + kind.Length) / double.MaxNative(0.5 * (arrivalSpeed + leaveSpeed), CarFollowing.Tiny));
}
