namespace TrafficAI.Server.Reading;

/// <summary>Standing time per vehicle over the last five minutes at one intersection.</summary>
public sealed class DelayWindow
{
    /// <summary>What is looked back at.</summary>
    public const int Seconds = 300;

    private readonly double[] standing = new double[Seconds];
    private readonly int[] passed = new int[Seconds];
    private double allStanding;
    private long allPassed;
    private long last = -1;

    /// <summary>Vehicle-seconds of standing over vehicles that passed a stop line; null where none did.</summary>
    public double? Delay => allPassed == 0 ? null : Math.Round(Math.Max(0, allStanding) / allPassed, 1);

    /// <summary>Takes in one second; a second that came before counts no more.</summary>
    /// <param name="queue">Standing vehicles.</param>
    /// <param name="departures">Vehicles that passed a stop line.</param>
    public void Add(long second, double queue, int departures)
    {
        if (second <= last) return;
        for (var empty = Math.Max(last + 1, second - Seconds + 1); empty < second; empty++) Put(empty, 0, 0);
        Put(second, queue, departures);
        last = second;
    }

    private void Put(long second, double queue, int departures)
    {
        var at = (int)(second % Seconds);
        allStanding += queue - standing[at];
        allPassed += departures - passed[at];
        (standing[at], passed[at]) = (queue, departures);
    }
}
