namespace TrafficAI.Measures;

/// <summary>What detectors tell of a stop lane in one second, whichever they are.</summary>
/// <param name="Crossed">Vehicles that came over the stop line; with loops those that came onto the stop loop.</param>
/// <param name="OccupiedPermille">Share of the second in which somebody was before the stop line, 0 to 1000.</param>
/// <param name="Waits">Somebody stands before the stop line.</param>
/// <param name="Standing">Vehicles that stand on the lane; 0 with loops.</param>
/// <param name="Arrived">Vehicles that came to the stop line, or would have without the queue.</param>
internal record struct LaneSecond(int Crossed, int OccupiedPermille, bool Waits, int Standing, int Arrived);

/// <summary>A vehicle that came to a stop line, or would have without the queue.</summary>
/// <param name="Lane">Index of the stop lane.</param>
/// <param name="Milliseconds">Street time.</param>
/// <param name="Light">What it found.</param>
public readonly record struct Arrival(int Lane, long Milliseconds, Light Light);
