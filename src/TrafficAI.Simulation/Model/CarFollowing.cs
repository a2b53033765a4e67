namespace TrafficAI.Simulation.Model;

/// <summary>Safe speeds and braking distances, in steps of <c>dt</c> seconds.</summary>
/// <remarks>Krauß (1998), Microscopic Modeling of Traffic Flow, in the stepwise form of SUMO 1.15 (MSCFModel, MSCFModel_Krauss).</remarks>
internal static class CarFollowing
{
    /// <summary>Slack in speeds and gaps, SUMO's NUMERICAL_EPS.</summary>
    public const double Tiny = 0.001;

    /// <summary>Slack in positions, metres, SUMO's POSITION_EPS.</summary>
    public const double Slack = 0.1;

    /// <summary>Slower than this is standing, m/s.</summary>
    public const double Halting = 0.1;

    private const double Urgency = 1.2;

    public static double BrakeGap(double speed, double deceleration, double headway, double dt)
    {
        var reduction = deceleration * dt;
        if (speed < reduction) return speed * headway;
        var steps = (int)(speed / reduction);
        return dt * (steps * speed - reduction * steps * (steps + 1) / 2) + speed * headway;
    }

    /// <summary>The fastest next speed from which a stop after the gap is possible, with a headway before braking.</summary>
    public static double StopWithin(double gap, double deceleration, double headway, double dt)
    {
        gap -= Tiny;
        if (gap <= 0) return 0;
        var b = deceleration * dt;
        var root = Math.Sqrt(dt * dt + 4 * (dt * (2 * gap / b - headway) + headway * headway));
        var n = Math.Floor(0.5 - (headway - root * 0.5) / dt);
        var h = 0.5 * n * (n - 1) * b * dt + n * b * headway;
        return n * b + (gap - h) / (n * dt + headway);
    }

    public static double Fastest(in Kind kind, double speed, double dt) => Math.Min(speed + kind.Acceleration * dt, kind.MaxSpeed);

    public static double Slowest(in Kind kind, double speed, double dt) => Math.Max(speed - kind.Deceleration * dt, 0);

    public static double StopSpeed(in Kind kind, double speed, double gap, double dt) => StopSpeed(kind, speed, gap, kind.Deceleration, dt);

    public static double StopSpeed(in Kind kind, double speed, double gap, double deceleration, double dt)
    {
        var fastest = Fastest(kind, speed, dt);
        var isFar = deceleration >= kind.Deceleration && gap > AmpleGap(kind, fastest, 2 * dt);
        return isFar ? fastest : Math.Min(StopWithin(gap, deceleration, dt, dt), fastest);
    }

    /// <summary>Safe behind another that may brake at once; braking harder than comfortable only as far as needed.</summary>
    public static double FollowSpeed(in Kind kind, double speed, double gap, double aheadSpeed, double aheadDeceleration, double dt)
    {
        double safe;
        var fastest = Fastest(kind, speed, dt);
        if (gap > AmpleGap(kind, fastest, kind.Tau + dt)) return fastest;
        if (gap >= 0)
        {
            safe = StopWithin(gap + BrakeGap(aheadSpeed, Math.Max(kind.Deceleration, aheadDeceleration), 0, dt), kind.Deceleration, kind.Tau, dt);
        }
        else
        {
            safe = Math.Max(speed - kind.EmergencyDeceleration * dt, 0);
        }

        var needed = (speed - safe) / dt;
        if (needed > kind.Deceleration + Tiny && kind.Deceleration != kind.EmergencyDeceleration)
        {
            var emergency = Urgency * EmergencyDeceleration(kind, gap, speed, aheadSpeed, aheadDeceleration, dt);
            safe = Math.Max(0, speed - Math.Min(Math.Max(emergency, kind.Deceleration), needed) * dt);
        }

        return Math.Min(safe, fastest);
    }

    /// <summary>The same after the step's movement, for lane changes and departures: no emergency.</summary>
    public static double FollowSpeedAfterMove(in Kind kind, double gap, double aheadSpeed, double aheadDeceleration, double dt) =>
        StopWithin(gap + BrakeGap(aheadSpeed, Math.Max(kind.Deceleration, aheadDeceleration), 0, dt), kind.Deceleration, kind.Tau, dt);

    /// <summary>Least gap at which following is safe at these speeds.</summary>
    public static double SecureGap(in Kind kind, double speed, double aheadSpeed, double aheadDeceleration, double dt) =>
        Math.Max(0, BrakeGap(speed, kind.Deceleration, kind.Tau, dt) - BrakeGap(aheadSpeed, Math.Max(kind.Deceleration, aheadDeceleration), 0, dt));

    /// <summary>At least the way to stop from a speed after a headway, metres: a cheap bound.</summary>
    public static double AmpleGap(in Kind kind, double speed, double headway) => speed * headway + speed * speed * kind.HalfPerDeceleration;

    /// <summary>Whether a gap is at least <see cref="SecureGap"/> times a factor.</summary>
    public static bool IsSecure(in Kind kind, double gap, double speed, double aheadSpeed, double aheadDeceleration, double factor, double dt) =>
        gap >= AmpleGap(kind, speed, kind.Tau) * factor || gap >= SecureGap(kind, speed, aheadSpeed, aheadDeceleration, dt) * factor;

    /// <summary>The fastest next speed from which a slower one is reached after a distance.</summary>
    public static double FreeSpeed(double deceleration, double distance, double target, double dt)
    {
        var v = target * dt;
        if (distance < v) return target;
        var b = deceleration * dt * dt;
        var y = Math.Max(0, ((Math.Sqrt((b + 2 * v) * (b + 2 * v) + 8 * b * distance) - b) * 0.5 - v) / b);
        var full = Math.Floor(y);
        var exact = (full * full + full) * 0.5 * b + full * v + (y > full ? v : 0);
        return Math.Max(0, distance - exact) / (full + 1) / dt + full * deceleration * dt + target;
    }

    public static double SpeedAfter(double distance, double speed, double acceleration, double most) =>
        Math.Min(most, Math.Sqrt(Math.Max(0, 2 * distance * acceleration + speed * speed)));

    /// <summary>Seconds until the distance is done, arriving at that speed, as fast as possible.</summary>
    public static double ArrivalTime(in Kind kind, double distance, double speed, double arrivalSpeed)
    {
        var acceleration = arrivalSpeed >= speed ? kind.Acceleration : -kind.Deceleration;
        var changing = (arrivalSpeed - speed) / acceleration;
        var steady = Math.Max(0, distance - changing * (arrivalSpeed + speed) * 0.5);
        return changing + steady / Math.Max(Math.Max(speed, arrivalSpeed), Halting);
    }

    /// <summary>Speed after the distance when braking now, m/s; very large where there is no time left to brake.</summary>
    public static double ArrivalSpeedBraking(in Kind kind, double distance, double speed)
    {
        if (distance < speed) return double.MaxValue;
        var rest = distance - speed * kind.Tau;
        return 2 * rest * -kind.Deceleration + speed * speed >= 0
            ? SpeedAfter(rest, speed, -kind.Deceleration, kind.MaxSpeed)
            : kind.Deceleration;
    }

    private static double EmergencyDeceleration(in Kind kind, double gap, double speed, double aheadSpeed, double aheadDeceleration, double dt)
    {
        var aheadBrakes = 0.5 * aheadSpeed * aheadSpeed / aheadDeceleration;
        var sufficient = 0.5 * speed * speed / (gap + aheadBrakes);
        if (sufficient <= aheadDeceleration) return sufficient;
        return gap <= 0 ? -kind.EmergencyDeceleration * dt : 0.5 * (speed * speed - aheadSpeed * aheadSpeed) / gap;
    }
}
