namespace TrafficAI.Optimisation.Metering;

/// <summary>A stop lane on which vehicles enter the region: its queue is let in by a token bucket while the region is too full.</summary>
/// <remarks>The bucket fills at a rate that follows the load by integral feedback, as ALINEA's does (Papageorgiou, Hadj-Salem and Blosseville (1991), ALINEA: a
/// local feedback control law for on-ramp metering, Transp. Res. Rec. 1320). Each vehicle that passes takes one token; below none the gate holds, until it
/// has enough for a green that is worth its lost time. The rate begins at the gate's own mean flow, so that nothing jumps.</remarks>
internal sealed class Gate
{
    /// <summary>In vehicles per second, for each second and unit of load.</summary>
    private const double Gain = 0.002;

    /// <summary>However full the region is: one vehicle in 30 s.</summary>
    private const double LeastPerSecond = 1.0 / 30;

    private const double MostPerSecond = 1 / DischargeRates.HeadwaySeconds;
    private const double MemorySeconds = 300;

    /// <summary>Tokens at which a gate that has been held opens, in vehicles.</summary>
    private const double GreenWorth = 4;

    /// <summary>No more is saved up, nor overdrawn.</summary>
    private const double MostTokens = 8;

    /// <summary>A gate that its queue has opened may hold again below this part of the limit.</summary>
    private const double RelievedPart = 0.7;

    /// <summary>The end of a lane has to stay free.</summary>
    private const double FreeEndMetres = 2 * DischargeRates.JamSpacingMetres;

    private readonly double limitMetres;
    private double flow;
    private double rate = MostPerSecond;
    private double tokens;
    private bool overflows;

    /// <param name="limitMetres">As <see cref="MeteringOptions.QueueLimitMetres"/>.</param>
    public Gate(LaneModel lane, double limitMetres)
    {
        Lane = lane.Index;
        this.limitMetres = Math.Max(0, Math.Min(limitMetres, lane.LengthMetres - FreeEndMetres));
    }

    /// <summary>Its stop lane.</summary>
    public int Lane { get; }

    public bool IsHeld { get; private set; }

    /// <summary>Vehicles that it lets in, per second.</summary>
    public double PerSecond => rate;

    /// <summary>Metering begins.</summary>
    public void Begin() => (rate, tokens) = (Math.Clamp(flow, LeastPerSecond, MostPerSecond), GreenWorth);

    /// <summary>Metering is over.</summary>
    /// <returns>Why its state has changed, in a few plain words; null where it has not.</returns>
    public string? End() => Hold(false, "the region is no longer too full");

    /// <summary>Seconds pass without metering.</summary>
    public void Pass(int seconds, int departed) => flow += (departed - flow * seconds) / MemorySeconds;

    /// <summary>Seconds pass under metering.</summary>
    /// <param name="spare">Critical load less load, as parts of 1.</param>
    /// <returns>Why its state has changed, in a few plain words; null where it has not.</returns>
    public string? Meter(int seconds, int departed, double spare, double queueMetres)
    {
        Pass(seconds, departed);
        rate = Math.Clamp(rate + Gain * spare * seconds, LeastPerSecond, MostPerSecond);
        tokens = Math.Clamp(tokens + rate * seconds - departed, -MostTokens, MostTokens);
        overflows = queueMetres >= (overflows ? RelievedPart : 1) * limitMetres;
        if (overflows) return Hold(false, "its queue has reached the limit");
        return IsHeld ? tokens >= GreenWorth ? Hold(false, "its next vehicles may enter") : null : tokens < 0 ? Hold(true, "the region is too full, and its share has entered") : null;
    }

    private string? Hold(bool held, string why)
    {
        if (held == IsHeld) return null;
        IsHeld = held;
        return why;
    }
}
