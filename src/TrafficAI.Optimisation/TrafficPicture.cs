using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Optimisation.Health;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>A vehicle on its way to a stop line, seen or inferred.</summary>
/// <param name="DistanceMetres">From its front to the stop line.</param>
/// <param name="SpeedMetresPerSecond">0 or more.</param>
/// <param name="ArrivalSeconds">When it would pass the stop line if nothing were in its way; 0 for one that stands in the queue.</param>
/// <param name="Standing">It stands, or crawls, in a queue.</param>
/// <param name="Key">Tells it from others for as long as it is seen; used to spread guesses about its turn.</param>
/// <param name="Upstream">Index of the observed lane that it is on, when it has yet to reach its stop lane; −1 on the stop lane, or where
/// unknown.</param>
/// <param name="Excluded">Bit k is set when it cannot be of movement k of its lane (position in <see cref="LaneModel.Movements"/>).</param>
public readonly record struct ApproachingVehicle(
    double DistanceMetres,
    double SpeedMetresPerSecond,
    double ArrivalSeconds,
    bool Standing,
    ObjectClass Class,
    uint Key,
    int Upstream = -1,
    uint Excluded = 0);

/// <summary>Traffic of one stop lane; of a picture that lives, valid until the next second.</summary>
public sealed record LaneTraffic
{
    private readonly List<ApproachingVehicle> vehicles;
    private readonly List<double> expected = [];

    /// <param name="vehicles">The nearest to the stop line first; they are copied.</param>
    public LaneTraffic(ReadOnlySpan<ApproachingVehicle> vehicles, double queue, int sinceDischargeSeconds) =>
        (this.vehicles, Queue, SinceDischargeSeconds) = ([.. vehicles], queue, sinceDischargeSeconds);

    /// <summary>A lane whose traffic is written anew each second.</summary>
    /// <param name="vehicles">Its owner's.</param>
    /// <param name="expected">Its owner's, as <see cref="Expected"/>.</param>
    internal LaneTraffic(List<ApproachingVehicle> vehicles, List<double> expected) => (this.vehicles, this.expected) = (vehicles, expected);

    /// <summary>The nearest to the stop line first.</summary>
    public ReadOnlySpan<ApproachingVehicle> Vehicles => CollectionsMarshal.AsSpan(vehicles);

    /// <summary>Standing vehicles, estimated; 0 or more.</summary>
    public double Queue { get; internal set; }

    /// <summary>Of the number of vehicles, in vehicles²: 0 where each is seen, more the longer loops have counted without a proof. For people; no decision depends on it.</summary>
    public double Variance { get; internal set; }

    /// <summary>Seconds since a vehicle last passed the stop line; large at the start.</summary>
    public int SinceDischargeSeconds { get; internal set; }

    /// <summary>Mean time between two vehicles that leave its queue while they yield to no vehicle.</summary>
    public double HeadwaySeconds { get; internal set; } = DischargeRates.HeadwaySeconds;

    /// <summary>Mean arrivals in vehicles per second, where loops tell; the vehicles then include all who are believed to wait out of sight.</summary>
    public double? ArrivalsPerSecond { get; internal set; }

    /// <summary>When further vehicles would pass the stop line if nothing were in their way, as neighbours tell: seconds from now, rising. None of them is among
    /// <see cref="Vehicles"/>.</summary>
    public ReadOnlySpan<double> Expected => CollectionsMarshal.AsSpan(expected);

    /// <summary>Its detectors are lost: the vehicles are those that are to be expected.</summary>
    public bool Blind { get; internal set; }

    /// <summary>The same, for ever.</summary>
    internal LaneTraffic Copy() => new([.. vehicles], [.. expected])
    {
        Queue = Queue,
        SinceDischargeSeconds = SinceDischargeSeconds,
        Variance = Variance,
        HeadwaySeconds = HeadwaySeconds,
        ArrivalsPerSecond = ArrivalsPerSecond,
        Blind = Blind,
    };
}

/// <summary>What the optimiser believes of the traffic at one intersection. That of an <see cref="Estimator"/> lives: it and all arrays in it are
/// written anew each second, so that a second costs no memory; <see cref="Copy"/> keeps one.</summary>
/// <param name="Second">The street second that begins now.</param>
/// <param name="Lanes">One per stop lane.</param>
/// <param name="TurnShares">Per movement, its share of the traffic of its lane, 0 to 1; the shares of a lane add up to 1.</param>
/// <param name="ExitBlocked">Per exit lane: nothing more fits in.</param>
/// <param name="UnseenWaitSeconds">Per group that no detector sees (see <see cref="IntersectionModel.UnseenGroups"/>): seconds of red so
/// far, 0 while green. Without push buttons somebody may always be waiting.</param>
/// <param name="Sensing">How the street is seen.</param>
public sealed record TrafficPicture(
    long Second,
    ImmutableArray<LaneTraffic> Lanes,
    ImmutableArray<double> TurnShares,
    ImmutableArray<bool> ExitBlocked,
    ImmutableArray<int> UnseenWaitSeconds,
    Sensing Sensing = Sensing.Full)
{
    public long Second { get; internal set; } = Second;

    public Sensing Sensing { get; internal set; } = Sensing;

    /// <summary>Per loop of the intersection, in its order, then per sensor of a stop lane: whether it is believed. Empty before the first frame.</summary>
    public ImmutableArray<DetectorHealth> Detectors { get; internal set; } = [];

    /// <summary>The stop lanes that something blocks, rising. Their vehicles are left out, but for a probe now and then.</summary>
    public ImmutableArray<Incident> Incidents { get; internal set; } = [];

    /// <summary>Per stop lane: vehicles that have passed its line and are held inside the junction; empty where nothing tells.</summary>
    public ImmutableArray<int> HeldInside { get; init; } = [];

    /// <summary>Per stop lane: all vehicles between its line and the exits, where the first of them takes longer than usual and may have to yield; 0 elsewhere.</summary>
    public ImmutableArray<int> WaitingInside { get; init; } = [];

    /// <summary>Per stop lane: vehicles that have passed its line, take longer than usual and have not come out; empty where all red cannot be lengthened.</summary>
    public ImmutableArray<int> OverdueInside { get; init; } = [];

    /// <summary>The same, for ever.</summary>
    public TrafficPicture Copy() => this with
    {
        Lanes = [.. Lanes.Select(lane => lane.Copy())],
        TurnShares = [.. TurnShares],
        ExitBlocked = [.. ExitBlocked],
        UnseenWaitSeconds = [.. UnseenWaitSeconds],
        HeldInside = [.. HeldInside],
        WaitingInside = [.. WaitingInside],
        OverdueInside = [.. OverdueInside],
    };

    /// <summary>Nobody is seen anywhere.</summary>
    public static TrafficPicture Nothing(IntersectionModel model, long second) => new(
        second,
        [.. model.Lanes.Select(_ => new LaneTraffic([], 0, Estimator.LongAgoSeconds))],
        [.. model.Movements.Select(m => 1.0 / model.Lanes[m.StopLane].Movements.Length)],
        [.. model.ExitDetectors.Select(_ => false)],
        [.. model.UnseenGroups.Select(_ => 0)]);
}
