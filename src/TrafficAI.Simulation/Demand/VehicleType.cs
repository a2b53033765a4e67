using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>What vehicles of a kind have in common: SUMO's <c>vType</c>, with its defaults filled in.</summary>
/// <param name="Class">Exactly one class: decides which lanes it may use.</param>
/// <param name="LengthMetres">More than 0.</param>
/// <param name="MinGapMetres">Kept to the one in front when both stand; 0 or more.</param>
/// <param name="Acceleration">m/s², more than 0.</param>
/// <param name="Deceleration">Comfortable, m/s², more than 0.</param>
/// <param name="EmergencyDeceleration">The hardest that is possible, m/s², at least <paramref name="Deceleration"/>.</param>
/// <param name="ApparentDeceleration">What others believe it brakes with, m/s², more than 0.</param>
/// <param name="Tau">Wished time gap, seconds, more than 0.</param>
/// <param name="Sigma">Imperfection of the driver, 0 to 1.</param>
/// <param name="MaxSpeed">m/s, more than 0.</param>
/// <param name="DesiredMaxSpeed">What a driver of speed factor 1 never wishes to exceed, m/s; beyond any street for all but pedestrians
/// and bicycles.</param>
/// <param name="HasBluelight">Drives with blue light and siren: it passes reds, and goes first wherever nobody is inside.</param>
/// <param name="Impatience">Willingness to make others brake, at the start; 0 by default, at most 1.</param>
public sealed record VehicleType(
    string Id,
    VehicleClasses Class,
    double LengthMetres,
    double MinGapMetres,
    double Acceleration,
    double Deceleration,
    double EmergencyDeceleration,
    double ApparentDeceleration,
    double Tau,
    double Sigma,
    double MaxSpeed,
    double DesiredMaxSpeed,
    SpeedFactor SpeedFactor,
    double Impatience,
    LaneChanging LaneChanging,
    JunctionManners Junctions,
    bool HasBluelight = false);
