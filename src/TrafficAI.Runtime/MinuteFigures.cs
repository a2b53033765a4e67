namespace TrafficAI.Runtime;

/// <summary>What one intersection came to in a minute of the street, from its recorded inputs and the decisions on them: a replay counts the same.</summary>
/// <param name="Minute">The street second at which it begins, over 60.</param>
/// <param name="Frames">Frames that came.</param>
/// <param name="Missed">Seconds that were found without one; a frame that comes late counts in both.</param>
/// <param name="ToldLater">Frames of an outage, of any minute, that were told in this one.</param>
/// <param name="Refused">Inputs that were refused.</param>
/// <param name="Decisions">Decisions, each of which made a plan to send.</param>
/// <param name="PlanSeconds">Frames that show the controller on the server's plan.</param>
/// <param name="LocalSeconds">Frames that show it on its own.</param>
/// <param name="FaultSeconds">Frames that show it in fault.</param>
/// <param name="PhaseChanges">Passages to another phase that were begun.</param>
/// <param name="QueueSeconds">Decisions made on a picture of the traffic.</param>
/// <param name="StoppedSeconds">Standing vehicles before all its stop lines together, as estimated, summed over those decisions: vehicle-seconds of stopped delay.</param>
/// <param name="LargestQueue">The most of them at any time.</param>
/// <param name="SilentDetectors">Detectors that were not believed at its end.</param>
/// <param name="Alarms">Violations of the safety rules.</param>
/// <param name="IsHeld">Whether planning was held at its end.</param>
/// <param name="IsConnected">Whether a frame came in its last 30 s.</param>
public readonly record struct MinuteFigures(
    long Minute, int Frames, int Missed, int ToldLater, int Refused, int Decisions, int PlanSeconds, int LocalSeconds, int FaultSeconds, int PhaseChanges, int QueueSeconds,
    double StoppedSeconds, double LargestQueue, int SilentDetectors, int Alarms, bool IsHeld, bool IsConnected);
