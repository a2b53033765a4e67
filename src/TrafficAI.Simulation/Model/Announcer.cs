using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Tells the links that others must watch who is coming.</summary>
internal sealed class Announcer(StreetState street, int worker)
{
    /// <summary>Announces a plan for a link.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Announce(in Car car, in Item item)
    {
        ref var own = ref Add(car, item.Link);
        own.LeaveLimit = item.LeaveLimit;
        ref readonly var course = ref item.Course;
        Plan(ref own.Course, course.Seen, course.Speed, course.Run, course.RunSpeed, course.Most);
    }

    /// <summary>Announces one who is far from the link at the end of its lane. Distances in metres, speeds in m/s, as <see cref="Course"/> has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Announce(in Car car, double seen, double speed, double runSpeed, double most)
    {
        ref var own = ref Add(car, car.Link);
        own.LeaveLimit = float.PositiveInfinity;
        Plan(ref own.Course, seen, speed, seen, runSpeed, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Approach Add(in Car car, int link)
    {
        ref var own = ref street.Coming.Open(worker, link);
        own.Vehicle = car.Vehicle;
        own.Waiting = car.Waiting;
        own.Kind = car.Kind;
        own.Speed = (float)car.Speed;
        own.Factor = car.Factor;
        return ref own;
    }

    /// <summary>One number after the other: copied as a whole, they would be waited for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Plan(ref Course own, double seen, double speed, double run, double runSpeed, double most)
    {
        own.Seen = seen;
        own.Speed = speed;
        own.Run = run;
        own.RunSpeed = runSpeed;
        own.Most = most;
    }
}
