namespace TrafficAI.Sumo;

/// <summary>What a run was worth, from SUMO's own trip file. Nobody scheduled in the window is left out, so that a jam cannot hide its
/// victims.</summary>
/// <param name="DelaySeconds">Mean over every vehicle scheduled in the window: lost time and wait to enter; for one that never entered,
/// the time from its schedule to the end. Rounded to 0.01 s.</param>
/// <param name="P95Seconds">The 95th percentile of the same, rounded to 0.1 s.</param>
/// <param name="Scheduled">Vehicles scheduled in the window: finished, running and never inserted.</param>
/// <param name="Finished">Those that arrived.</param>
/// <param name="Running">Those that entered and had not arrived at the end.</param>
/// <param name="NeverInserted">Those that never entered.</param>
/// <param name="DurationSeconds">Mean time in the street of those that entered; 0 if none did. Rounded to 0.01 s.</param>
/// <param name="WaitingSeconds">Mean time at a standstill of those that entered; 0 if none did. Rounded to 0.01 s.</param>
public sealed record TripScore(
    double DelaySeconds,
    double P95Seconds,
    int Scheduled,
    int Finished,
    int Running,
    int NeverInserted,
    double DurationSeconds,
    double WaitingSeconds);
