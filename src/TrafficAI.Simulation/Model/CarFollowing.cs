using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Safe speeds and braking distances, in steps of <c>dt</c> seconds.</summary>
/// <remarks>Krauß (1998), Microscopic Modeling of Traffic Flow, in the stepwise form of SUMO 1.15 (MSCFModel, MSCFModel_Krauss).
/// The smaller and the larger of two are those of the processor (MinNative, MaxNative): where nothing is NaN, as here, they are the same on every machine
/// but for the sign of a zero, on which nothing depends.</remarks>
internal static class CarFollowing
{
    /// <summary>Slack in speeds and gaps, SUMO's NUMERICAL_EPS.</summary>
    public const double Tiny = 0.001;

    /// <summary>Slack in positions, metres, SUMO's POSITION_EPS.</summary>
    public const double Slack = 0.1;

    /// <summary>Slower than this is standing, m/s.</summary>
    public const double Halting = 0.1;

    /// <summary>By which a bound must be kept so that rounding cannot matter, metres; more than <see cref="Tiny"/>.</summary>
    public const double Margin = 0.01;

    /// <summary>Who could only be slower than this stays where it is, m/s for each second of a step.</summary>
    public const double Creeping = Tiny * 0.1;

    private const double Urgency = 1.2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double BrakeGap(double speed, double deceleration, double headway, double dt)
    {
        var reduction = deceleration * dt;
        if (speed < reduction) return speed * headway;
        var steps = Math.Floor(speed / reduction);
        return dt * (steps * speed - reduction * steps * (steps + 1) / 2) + speed * headway;
    }

    /// <summary>The fastest next speed from which a stop after the gap is possible, with a headway before braking.</summary>
    public static double StopWithin(double gap, double deceleration, double headway, double dt)
    {
        gap -= Tiny;
        if (gap <= 0) return 0;
        var perStep = 1 / dt; // exact, and ready before it is needed
        var b = deceleration * dt;
        var root = Math.Sqrt(dt * dt + 4 * (dt * (2 * gap / b - headway) + headway * headway));
        var n = Math.Floor(0.5 - (headway - root * 0.5) * perStep);
        var h = 0.5 * n * (n - 1) * b * dt + n * b * headway;
        return n * b + (gap - h) / (n * dt + headway);
    }

    /// <summary>With which it comes to a link at which it must yield, having slowed down until all foes can be seen.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SpeedAtMinor(double deceleration, double acceleration, double most, double visibility, double dt) =>
        SpeedAfter(visibility, StopWithin(visibility, deceleration, 0, dt), acceleration, most);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SpeedAtMinor(in Kind kind, double visibility, double dt) => visibility == LinkFacts.UsualVisibility
        ? kind.MinorSpeed
        : SpeedAtMinor(kind.Deceleration, kind.Acceleration, kind.MaxSpeed, visibility, dt);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fastest(in Kind kind, double speed) => double.MinNative(speed + kind.StepGain, kind.MaxSpeed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Slowest(in Kind kind, double speed) => double.MaxNative(speed - kind.StepBraking, 0);

    public static double StopSpeed(in Kind kind, double speed, double gap, double dt) => StopSpeed(kind, speed, gap, kind.Deceleration, dt);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double StopSpeed(in Kind kind, double speed, double gap, double deceleration, double dt)
    {
        var fastest = Fastest(kind, speed);
        var isFar = deceleration >= kind.Deceleration && gap > AmpleGap(kind, fastest, kind.StopHeadway);
        return isFar ? fastest : double.MinNative(StopNear(kind, gap, deceleration, dt), fastest);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double StopNear(in Kind kind, double gap, double deceleration, double dt) =>
        deceleration == kind.Deceleration ? kind.Stopping.SpeedWithin(gap) : StopWithin(gap, deceleration, dt, dt);

    /// <summary>Safe behind another that may brake at once; braking harder than comfortable only as far as needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FollowSpeed(in Kind kind, double speed, double gap, double aheadSpeed, double aheadDeceleration, double dt)
    {
        var fastest = Fastest(kind, speed);
        var isFar = gap >= 0 && gap + LeastBraking(kind, aheadSpeed, aheadDeceleration, dt) > AmpleGap(kind, fastest, kind.FollowHeadway);
        return isFar ? fastest : FollowNear(kind, speed, fastest, gap, aheadSpeed, aheadDeceleration, dt);
    }

    private static double FollowNear(in Kind kind, double speed, double fastest, double gap, double aheadSpeed, double aheadDeceleration, double dt)
    {
        double safe;
        if (gap >= 0)
        {
            safe = kind.Following.SpeedWithin(gap + BrakeGap(aheadSpeed, double.MaxNative(kind.Deceleration, aheadDeceleration), 0, dt));
        }
        else
        {
            safe = double.MaxNative(speed - kind.StepEmergency, 0);
        }

        var needed = (speed - safe) * kind.PerStep;
        if (needed > kind.Deceleration + Tiny && kind.Deceleration != kind.EmergencyDeceleration)
        {
            var emergency = Urgency * EmergencyDeceleration(kind, gap, speed, aheadSpeed, aheadDeceleration, dt);
            safe = double.MaxNative(0, speed - double.MinNative(double.MaxNative(emergency, kind.Deceleration), needed) * dt);
        }

        return double.MinNative(safe, fastest);
    }

    /// <summary>The same after the step's movement, for lane changes and departures: no emergency.</summary>
    public static double FollowSpeedAfterMove(in Kind kind, double gap, double aheadSpeed, double aheadDeceleration, double dt) =>
        kind.Following.SpeedWithin(gap + BrakeGap(aheadSpeed, double.MaxNative(kind.Deceleration, aheadDeceleration), 0, dt));

    /// <summary>Least gap at which following is safe at these speeds.</summary>
    public static double SecureGap(in Kind kind, double speed, double aheadSpeed, double aheadDeceleration, double dt) =>
        double.MaxNative(0, BrakeGap(speed, kind.Deceleration, kind.Tau, dt) - BrakeGap(aheadSpeed, double.MaxNative(kind.Deceleration, aheadDeceleration), 0, dt));

    /// <summary>More than <see cref="BrakeGap"/>, by <see cref="Margin"/> and at most an eighth of a step's braking: a bound without a division.</summary>
    /// <param name="headway">Before the braking, less half a step, seconds; as <see cref="Kind"/> has it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AmpleGap(in Kind kind, double speed, double headway) => speed * (headway + speed * kind.HalfPerDeceleration) + kind.AmpleRest;

    /// <summary>At most the way on which another stops, metres: a bound without a division.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LeastBraking(in Kind kind, double aheadSpeed, double aheadDeceleration, double dt) =>
        aheadDeceleration <= kind.Deceleration ? double.MaxNative(0, aheadSpeed * (aheadSpeed * kind.HalfPerDeceleration - 0.5 * dt)) : 0;

    /// <summary>Whether a gap is at least <see cref="SecureGap"/> times a factor.</summary>
    public static bool IsSecure(in Kind kind, double gap, double speed, double aheadSpeed, double aheadDeceleration, double factor, double dt)
    {
        var ample = AmpleGap(kind, speed, kind.FollowHeadway) - LeastBraking(kind, aheadSpeed, aheadDeceleration, dt);
        return gap >= double.MaxNative(0, ample) * factor || gap >= SecureGap(kind, speed, aheadSpeed, aheadDeceleration, dt) * factor;
    }

    /// <summary>The fastest next speed from which a slower one is reached after a distance.</summary>
    public static double FreeSpeed(double deceleration, double distance, double target, double dt)
    {
        var v = target * dt;
        if (distance < v) return target;
        var b = deceleration * dt * dt;
        var y = double.MaxNative(0, ((Math.Sqrt((b + 2 * v) * (b + 2 * v) + 8 * b * distance) - b) * 0.5 - v) / b);
        var full = Math.Floor(y);
        var exact = (full * full + full) * 0.5 * b + full * v + (y > full ? v : 0);
        return double.MaxNative(0, distance - exact) / (full + 1) / dt + full * deceleration * dt + target;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SpeedAfter(double distance, double speed, double acceleration, double most) =>
        double.MinNative(most, Math.Sqrt(double.MaxNative(0, 2 * distance * acceleration + speed * speed)));

    /// <summary>Seconds until the distance is done, arriving at that speed, as fast as possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ArrivalTime(in Kind kind, double distance, double speed, double arrivalSpeed)
    {
        var acceleration = arrivalSpeed >= speed ? kind.Acceleration : -kind.Deceleration;
        var changing = (arrivalSpeed - speed) / acceleration;
        var steady = double.MaxNative(0, distance - changing * (arrivalSpeed + speed) * 0.5);
        return changing + steady / double.MaxNative(double.MaxNative(speed, arrivalSpeed), Halting);
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
