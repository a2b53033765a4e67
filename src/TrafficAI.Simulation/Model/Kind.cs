using TrafficAI.Network;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>What a step needs of a vehicle type, side by side in memory.</summary>
internal struct Kind
{
    private const double LeastLightDeceleration = 3;

    public double Length;
    public double MinGap;
    public double Acceleration;
    public double Deceleration;
    public double EmergencyDeceleration;

    /// <summary>Gained, and lost by braking, within a step, m/s.</summary>
    public double StepGain;
    public double StepBraking;
    public double StepEmergency;

    /// <summary>1 / the length of a step, which is exact, 1/s.</summary>
    public double PerStep;

    /// <summary>0.5 / <see cref="Deceleration"/>: times the square of a speed, at least the way to stop from it.</summary>
    public double HalfPerDeceleration;

    /// <summary>What <see cref="CarFollowing.AmpleGap"/> adds at any speed, metres.</summary>
    public double AmpleRest;

    /// <summary>Less half a step, seconds: <see cref="Tau"/>, a step, and both.</summary>
    public double FollowHeadway;
    public double StopHeadway;
    public double FarHeadway;

    /// <summary>With which it stops before an amber or a red at least, m/s².</summary>
    public double LightDeceleration;

    /// <summary>With which it comes to an ordinary link at which it must yield, m/s.</summary>
    public double MinorSpeed;

    /// <summary>Kept before a link at which it stops, metres.</summary>
    public double LinkGap;

    public double ApparentDeceleration;
    public double Tau;
    public double Sigma;
    public double MaxSpeed;
    public double Impatience;
    public double StopLineGap;
    public double TimeGapMinor;
    public double AmberTime;
    public double RedTime;
    public double RedSpeed;
    public double KeepClearTime;
    public double CrossingGap;
    public double SigmaMinor;
    public double Strategic;
    public double Cooperative;
    public double LookaheadLeft;
    public double ThresholdRight;
    public double ThresholdLeft;
    public double KeepRight;
    public double Caution;
    public VehicleClasses Class;
    public bool HasBluelight;

    /// <summary>There are ambers or reds that its driver passes.</summary>
    public bool IgnoresLights;

    /// <summary>There are none; it can brake as hard as before a light, and near links it drives as elsewhere.</summary>
    public bool HeedsLights;

    /// <summary>Together with the gap that it keeps when it stands, metres.</summary>
    public readonly double Room => Length + MinGap;

    /// <summary>The next speed from which it stops within a gap, keeping its headway behind another.</summary>
    public BrakingTable Following;

    /// <summary>The same with the headway of a step, before what stands.</summary>
    public BrakingTable Stopping;

    /// <param name="dt">Length of a step, seconds.</param>
    public static Kind Of(VehicleType type, double dt)
    {
        var kind = Describe(type, dt);
        kind.HeedsLights = !kind.IgnoresLights && kind.LightDeceleration <= kind.EmergencyDeceleration && kind.SigmaMinor == kind.Sigma;
        return kind;
    }

    private static Kind Describe(VehicleType type, double dt) => new()
    {
        Following = new(type.Deceleration, type.Tau, dt),
        Stopping = new(type.Deceleration, dt, dt),
        Length = type.LengthMetres,
        MinGap = type.MinGapMetres,
        Acceleration = type.Acceleration,
        Deceleration = type.Deceleration,
        HalfPerDeceleration = 0.5 / type.Deceleration,
        PerStep = 1 / dt,
        StepGain = type.Acceleration * dt,
        StepBraking = type.Deceleration * dt,
        StepEmergency = type.EmergencyDeceleration * dt,
        AmpleRest = 0.125 * type.Deceleration * dt * dt + CarFollowing.Margin,
        FollowHeadway = type.Tau - 0.5 * dt,
        StopHeadway = 0.5 * dt,
        FarHeadway = type.Tau + 0.5 * dt,
        LightDeceleration = Math.Max(Math.Min(LeastLightDeceleration, type.EmergencyDeceleration), type.Deceleration),
        MinorSpeed = CarFollowing.SpeedAtMinor(type.Deceleration, type.Acceleration, Math.Min(type.MaxSpeed, type.DesiredMaxSpeed), LinkFacts.UsualVisibility, dt),
        LinkGap = Math.Max(CarFollowing.Slack, type.Junctions.StopLineGapMetres),
        EmergencyDeceleration = type.EmergencyDeceleration,
        ApparentDeceleration = type.ApparentDeceleration,
        Tau = type.Tau,
        Sigma = type.Sigma,
        MaxSpeed = Math.Min(type.MaxSpeed, type.DesiredMaxSpeed),
        Impatience = type.Impatience,
        StopLineGap = type.Junctions.StopLineGapMetres,
        TimeGapMinor = type.Junctions.TimeGapMinorSeconds,
        AmberTime = type.Junctions.DriveAfterYellowSeconds,
        RedTime = type.Junctions.DriveAfterRedSeconds,
        RedSpeed = type.Junctions.DriveRedSpeedMetresPerSecond,
        KeepClearTime = type.Junctions.IgnoreKeepClearSeconds,
        CrossingGap = type.Junctions.CrossingGapMetres,
        SigmaMinor = type.Junctions.SigmaMinor,
        Strategic = type.LaneChanging.Strategic,
        Cooperative = type.LaneChanging.Cooperative,
        LookaheadLeft = type.LaneChanging.LookaheadLeft,
        ThresholdRight = 0.2 / type.LaneChanging.SpeedGainRight / Math.Max(CarFollowing.Tiny, type.LaneChanging.SpeedGain),
        ThresholdLeft = 0.2 / Math.Max(CarFollowing.Tiny, type.LaneChanging.SpeedGain),
        KeepRight = type.LaneChanging.KeepRight,
        Caution = 1 / type.LaneChanging.Assertive,
        Class = type.Class,
        HasBluelight = type.HasBluelight,
        IgnoresLights = type.HasBluelight || type.Junctions.DriveAfterRedSeconds >= 0 || type.Junctions.DriveAfterYellowSeconds > 0,
    };
}
