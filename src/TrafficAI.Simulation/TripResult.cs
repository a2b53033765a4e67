namespace TrafficAI.Simulation;

/// <summary>What became of one vehicle, in the words of SUMO's <c>tripinfo</c>.</summary>
/// <param name="Vehicle">Number in the demand.</param>
/// <param name="Depart">Street second at which it entered the street; −1 before.</param>
/// <param name="Arrival">Street second of its arrival; −1 before.</param>
/// <param name="DepartDelay">Seconds that it waited for a gap to enter; until now if it still does.</param>
/// <param name="Duration">Seconds on the street; until now if it still is.</param>
/// <param name="TimeLoss">Seconds lost against the driver's wished speed.</param>
/// <param name="WaitingTime">Seconds in which it stood (at most 0.1 m/s), stops not counted.</param>
/// <param name="WaitingCount">How often it came to stand.</param>
/// <param name="StopTime">Seconds at planned stops.</param>
/// <param name="RouteLength">Metres driven.</param>
/// <param name="DepartLane">Index in the network; −1 before the departure.</param>
/// <param name="ArrivalLane">Index in the network; −1 before the arrival.</param>
public readonly record struct TripResult(
    int Vehicle,
    double Depart,
    double Arrival,
    double DepartDelay,
    double Duration,
    double TimeLoss,
    double WaitingTime,
    int WaitingCount,
    double StopTime,
    double RouteLength,
    int DepartLane,
    double DepartPosition,
    double DepartSpeed,
    int ArrivalLane,
    double ArrivalPosition,
    double ArrivalSpeed,
    double SpeedFactor);
