using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Metering;

/// <summary>The stop lanes of one approach on which vehicles enter the region: their queue is let in by a token bucket while the region is too full.</summary>
/// <remarks>The bucket fills at a rate that follows the load by integral feedback, as ALINEA's does (Papageorgiou, Hadj-Salem and Blosseville (1991), ALINEA: a
/// local feedback control law for on-ramp metering, Transp. Res. Rec. 1320). Each vehicle that passes takes one token; below none the gate holds, until it
/// has enough for a green that is worth its lost time. The rate begins at the gate's own mean flow, so that nothing jumps.</remarks>
internal sealed class Gate
{
    /// <summary>In vehicles per second, for each second and unit of load.</summary>
    private const double Gain = 0.002;

    /// <summary>However full the region is: one vehicle in 30 s.</summary>
    private const double LeastPerSecond = 1.0 / 30;

    private const double MemorySeconds = 300;

    /// <summary>Tokens at which a gate that has been held opens, in vehicles.</summary>
    private const double GreenWorth = 4;

    /// <summary>No more is saved up, nor overdrawn.</summary>
    private const double MostTokens = 8;

    /// <summary>A gate that its queue has opened may hold again below this part of the limit.</summary>
    private const double RelievedPart = 0.7;

    /// <summary>A queue that ends so near to the end of sight may reach beyond it.</summary>
    private const double NearEndMetres = 2 * DischargeRates.JamSpacingMetres;

    private readonly ImmutableArray<int> lanes;
    private readonly double limitMetres;
    private readonly double mostPerSecond;
    private double flow;
    private double rate;
    private double tokens;
    private double sightMetres;
    private int standing;
    private bool overflows;

    /// <param name="lanes">Stop lanes that share their way, as in <see cref="IntersectionModel.Approaches"/>.</param>
    /// <param name="limitMetres">As <see cref="MeteringOptions.QueueLimitMetres"/>.</param>
    public Gate(ImmutableArray<int> lanes, double limitMetres)
    {
        this.lanes = lanes;
        this.limitMetres = limitMetres;
        mostPerSecond = rate = lanes.Length / DischargeRates.HeadwaySeconds;
    }

    /// <summary>Its stop lanes.</summary>
    public ImmutableArray<int> Lanes => lanes;

    /// <summary>From the stop line to the end of its queue: no farther than somebody stands, nor than all who stand need if they stood in one lane.</summary>
    public double QueueMetres { get; private set; }

    public bool IsHeld { get; private set; }

    /// <summary>Vehicles that it lets in, per second.</summary>
    public double PerSecond => rate;

    /// <summary>Metering begins.</summary>
    public void Begin() => (rate, tokens) = (Math.Clamp(flow, LeastPerSecond, mostPerSecond), GreenWorth);

    /// <summary>Metering is over.</summary>
    /// <returns>Why its state has changed, in a few plain words; null where it has not.</returns>
    public string? End() => Hold(false, "the region is no longer too full");

    /// <summary>Takes in who stands, and who has left.</summary>
    /// <param name="departures">Per stop lane of the intersection, in <paramref name="seconds"/>.</param>
    public void Observe(TrafficPicture picture, ReadOnlySpan<int> departures, int seconds)
    {
        var departed = 0;
        standing = 0;
        QueueMetres = 0;
        foreach (var lane in lanes)
        {
            departed += departures[lane];
            foreach (var vehicle in picture.Lanes[lane].Vehicles) See(vehicle);
        }

        QueueMetres = Math.Min(QueueMetres, standing * DischargeRates.JamSpacingMetres);
        flow += (departed - flow * seconds) / MemorySeconds;
        tokens = Math.Max(tokens - departed, -MostTokens);
    }

    /// <summary>Seconds pass under metering.</summary>
    /// <param name="spare">Critical load less load, as parts of 1.</param>
    /// <returns>Why its state has changed, in a few plain words; null where it has not.</returns>
    public string? Meter(int seconds, double spare)
    {
        rate = Math.Clamp(rate + Gain * spare * seconds, LeastPerSecond, mostPerSecond);
        tokens = Math.Min(tokens + rate * seconds, MostTokens);
        overflows = QueueMetres >= (overflows ? RelievedPart : 1) * Math.Min(limitMetres, sightMetres - NearEndMetres);
        if (overflows) return Hold(false, "its queue has reached the limit");
        if (IsHeld) return tokens >= GreenWorth ? Hold(false, "its next vehicles may enter") : null;
        return tokens < 0 ? Hold(true, "the region is too full, and its share has entered") : null;
    }

    private void See(in ApproachingVehicle vehicle)
    {
        sightMetres = Math.Max(sightMetres, vehicle.DistanceMetres);
        if (!vehicle.Standing) return;
        standing++;
        QueueMetres = Math.Max(QueueMetres, vehicle.DistanceMetres + DischargeRates.JamSpacingMetres);
    }

    private string? Hold(bool held, string why)
    {
        if (held == IsHeld) return null;
        IsHeld = held;
        return why;
    }
}
