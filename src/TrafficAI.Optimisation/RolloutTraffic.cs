using TrafficAI.Signals.Street;

namespace TrafficAI.Optimisation;

/// <summary>One of the futures that a rollout reckons with: the vehicles of a picture with the turns that they are guessed to take, and a guess of those who come after them; plain arrays, reused
/// from second to second.</summary>
/// <remarks>Lane by lane, the nearest to the stop line first. Behind those that are seen come those believed to wait out of sight, those that neighbours have told of, then arrivals at random at the lane's mean
/// rate: in each second of the clock at most one, drawn once and for all, so that a future stays what it was from one decision to the next, and stratified over the samples. <see cref="Load"/> writes all of it anew: a snapshot keeps nothing of it.</remarks>
public sealed class RolloutTraffic : ISavedState
{
    /// <summary>No lane has more vehicles in a rollout.</summary>
    public const int LaneCapacity = 96;

    /// <summary>A vehicle that has waited for longer weighs more: by the square, so that nobody waits for ever.</summary>
    private const double PatienceSeconds = 70;

    private const double MostWeight = 100;

    /// <summary>Nobody is drawn sooner than this share of a mean gap after the last who is known of, as if arrivals were evenly spaced: found best by trial.</summary>
    private const double FirstGap = 0.5;

    private readonly IntersectionModel model;
    private readonly ArrivalRates rates;
    private readonly LaneWaits waits;
    private readonly double busWeight;
    private readonly int sample;
    private readonly Feeders feeders;
    private readonly double[] distances;
    private readonly int[] merging;
    private readonly int[] coming;
    private readonly int[] comingUntil = new int[RolloutRun.HorizonSeconds];
    private readonly int[] before;

    /// <param name="busWeight">As <see cref="DecisionOptions.BusWeight"/>.</param>
    /// <param name="sample">Which of the <see cref="VehicleTable.Samples"/> futures it is.</param>
    public RolloutTraffic(IntersectionModel model, ArrivalRates rates, LaneWaits waits, double busWeight, int sample)
    {
        this.model = model;
        this.rates = rates;
        this.waits = waits;
        this.busWeight = busWeight;
        this.sample = sample;
        feeders = new(model);
        var capacity = LaneCapacity * model.Lanes.Length;
        distances = new double[capacity];
        merging = new int[model.Lanes.Length];
        coming = new int[capacity];
        before = new int[model.Lanes.Length * RolloutRun.HorizonSeconds];
        Arrivals = new double[capacity];
        Reach = new double[capacity];
        AmberSeconds = new double[capacity];
        Weights = new double[capacity];
        IsBus = new bool[capacity];
        Feeder = new int[capacity];
        Turns = new int[capacity];
        Guesses = new int[capacity];
        LaneOf = new int[capacity];
        Start = new int[model.Lanes.Length + 1];
        Entered = new int[model.Lanes.Length];
        HeadStands = new bool[model.Lanes.Length];
        Headways = new double[model.Lanes.Length];
        FileStart = new int[model.Intersection.ObservedLanes.Length + 1];
        File = new int[capacity];
    }

    /// <summary>Per vehicle: seconds until it would pass the stop line if nothing were in its way; rising within a lane.</summary>
    public double[] Arrivals { get; }

    /// <summary>Per vehicle: seconds until it can pass the stop line at the soonest, its speed being what it is; rising within a lane.</summary>
    public double[] Reach { get; }

    /// <summary>Per vehicle: for how long after the end of green it still passes, if nothing is in its way.</summary>
    public double[] AmberSeconds { get; }

    /// <summary>Per vehicle: what a second of its waiting costs; 1 for most.</summary>
    public double[] Weights { get; }

    /// <summary>Per vehicle: it is seen to be a bus.</summary>
    public bool[] IsBus { get; }

    /// <summary>Per vehicle: the observed lane that it must leave in its turn before it reaches the stop lane; −1 for none.</summary>
    public int[] Feeder { get; }

    /// <summary>Per vehicle: its movement in this future.</summary>
    public int[] Turns { get; }

    /// <summary>Per vehicle: the movement that the base policy takes it for, as long as it is not at the head of its lane: what it turns out to be nobody knows before.</summary>
    public int[] Guesses { get; }

    /// <summary>Per vehicle: its stop lane.</summary>
    public int[] LaneOf { get; }

    /// <summary>Per lane the position of its first vehicle; one more entry closes the last lane.</summary>
    public int[] Start { get; }

    /// <summary>Per lane the position of its first vehicle that is not on the stop lane yet.</summary>
    public int[] Entered { get; }

    /// <summary>Per lane: its first vehicle stands.</summary>
    public bool[] HeadStands { get; }

    /// <summary>Per lane: time between two vehicles that leave its queue while they yield to no vehicle.</summary>
    public double[] Headways { get; }

    /// <summary>Per observed lane the position in <see cref="File"/> of its first vehicle; one more entry closes the last one.</summary>
    public int[] FileStart { get; }

    /// <summary>The vehicles of the feeders in the order in which they leave them.</summary>
    public int[] File { get; }

    /// <summary>The vehicles by the second in which they would have passed, those of one second lane by lane.</summary>
    public int[] Coming => coming;

    /// <summary>Per second: so many of <see cref="Coming"/> would have passed by then.</summary>
    public int[] ComingUntil => comingUntil;

    /// <summary>Position of the first vehicle of a lane that would not pass before second <paramref name="t"/>, nor would any behind it.</summary>
    /// <param name="t">0 or more.</param>
    public int ComeBefore(int lane, int t) =>
        t < RolloutRun.HorizonSeconds ? before[lane * RolloutRun.HorizonSeconds + t] : Start[lane + 1];

    /// <summary>All vehicles.</summary>
    public int Count => Start[^1];

    /// <summary>Takes in a picture.</summary>
    /// <param name="second">Of the clock, at which the rollout begins.</param>
    public void Load(TrafficPicture picture, long second)
    {
        var at = 0;
        foreach (var lane in model.Lanes)
        {
            Start[lane.Index] = at;
            Headways[lane.Index] = picture.Lanes[lane.Index].HeadwaySeconds;
            at = LoadSeen(lane, picture, at);
            at = AddUnseen(lane, picture, at, second);
            SetEntered(lane.Index, at);
        }

        Start[^1] = at;
        SortByTime();
        CountByTime();
        for (var observed = 0; observed < FileStart.Length - 1; observed++) FileUp(observed);
    }

    byte[] ISavedState.Save() => [];

    void ISavedState.Restore(ReadOnlySpan<byte> saved)
    {
        if (!saved.IsEmpty) throw new ArgumentException("A future keeps nothing.", nameof(saved));
    }

    private void SortByTime()
    {
        Array.Clear(comingUntil);
        for (var v = 0; v < Count; v++)
        {
            if (SecondOf(v) is var t && t < comingUntil.Length - 1) comingUntil[t + 1]++;
        }

        for (var t = 1; t < comingUntil.Length; t++) comingUntil[t] += comingUntil[t - 1];
        for (var v = 0; v < Count; v++)
        {
            if (SecondOf(v) is var t && t < comingUntil.Length) coming[comingUntil[t]++] = v;
        }
    }

    private void CountByTime()
    {
        for (var lane = 0; lane < Entered.Length; lane++)
        {
            var v = Start[lane];
            for (var t = 0; t < RolloutRun.HorizonSeconds; t++)
            {
                while (v < Start[lane + 1] && Arrivals[v] < t) v++;
                before[lane * RolloutRun.HorizonSeconds + t] = v;
            }
        }
    }

    private int SecondOf(int vehicle) => (int)Math.Ceiling(Arrivals[vehicle]);

    private int LoadSeen(LaneModel lane, TrafficPicture picture, int at)
    {
        var traffic = picture.Lanes[lane.Index];
        HeadStands[lane.Index] = !traffic.Vehicles.IsEmpty && traffic.Vehicles[0].Standing;
        var weight = Weight(waits.Seconds(lane.Index));
        var latest = 0.0;
        var reach = 0.0;
        for (var i = 0; i < traffic.Vehicles.Length && i < LaneCapacity / 2; i++, at++)
        {
            var vehicle = traffic.Vehicles[i];
            latest = Math.Max(latest, vehicle.ArrivalSeconds);
            IsBus[at] = vehicle.Class == Signals.ObjectClass.Bus;
            Put(at, lane.Index, latest, vehicle.DistanceMetres, (vehicle.Standing ? weight : 1) * (IsBus[at] ? busWeight : 1));
            reach = Math.Max(Math.Max(reach, latest), Soonest(vehicle, lane.SpeedMetresPerSecond));
            Reach[at] = reach;
            AmberSeconds[at] = AmberUse.Of(vehicle.DistanceMetres, vehicle.SpeedMetresPerSecond, lane.SpeedMetresPerSecond);
            Feeder[at] = vehicle.Upstream < 0 ? -1 : feeders.Last(vehicle.Upstream, lane.Index);
            GuessTurns(lane, vehicle, picture, at);
        }

        return at;
    }

    private void GuessTurns(LaneModel lane, in ApproachingVehicle vehicle, TrafficPicture picture, int at)
    {
        Turns[at] = VehicleTable.Guess(lane, vehicle, picture.TurnShares, sample);
        Guesses[at] = VehicleTable.Guess(lane, vehicle, picture.TurnShares, (sample + 1) % VehicleTable.Samples);
    }

    /// <summary>Seconds to the stop line when it speeds up to the limit at an ordinary rate; 0 for one that stands, since its queue
    /// tells when it comes.</summary>
    private static double Soonest(in ApproachingVehicle vehicle, double limit)
    {
        if (vehicle.Standing) return 0;
        var speed = Math.Min(vehicle.SpeedMetresPerSecond, limit);
        var metres = (limit * limit - speed * speed) / (2 * DischargeRates.SpeedingUp);
        return vehicle.DistanceMetres <= metres
            ? (Math.Sqrt(speed * speed + 2 * DischargeRates.SpeedingUp * vehicle.DistanceMetres) - speed) / DischargeRates.SpeedingUp
            : (limit - speed) / DischargeRates.SpeedingUp + (vehicle.DistanceMetres - metres) / limit;
    }

    private static double Weight(int waitedSeconds)
    {
        var ratio = Math.Min(waitedSeconds, MostWeight * PatienceSeconds) / PatienceSeconds;
        return Math.Clamp(ratio * ratio, 1, MostWeight);
    }

    private int AddUnseen(LaneModel lane, TrafficPicture picture, int at, long second)
    {
        var l = lane.Index;
        var unseen = (int)(rates.Unseen(l) + 0.5);
        var latest = at > Start[l] ? Arrivals[at - 1] : 0;
        for (var i = 0; i < unseen && HasRoom(l, at); i++) Add(lane, picture, at++, latest, Spread.Join((uint)l, (uint)i));
        var from = unseen > 0 ? 0 : Math.Max(rates.SightSeconds(l), 1);
        foreach (var told in picture.Lanes[l].Expected)
        {
            if (told >= RolloutRun.HorizonSeconds || !HasRoom(l, at)) return at;
            Add(lane, picture, at++, told, TurnKey(KeyOf(l, second + (int)told)));
            from = Math.Max(from, told);
        }

        var rate = rates.PerSecond(l);
        if (rate <= 0) return at;
        for (var t = (int)Math.Min(RolloutRun.HorizonSeconds, Math.Ceiling(from + FirstGap / rate)); t < RolloutRun.HorizonSeconds && HasRoom(l, at); t++)
        {
            var key = KeyOf(l, second + t);
            var drawn = Spread.Of(key, sample, VehicleTable.Samples);
            if (drawn < rate) Add(lane, picture, at++, t + drawn / rate, TurnKey(key));
        }

        return at;
    }

    private bool HasRoom(int lane, int at) => at - Start[lane] < LaneCapacity;

    /// <summary>Names whoever comes to a lane in a second of the clock.</summary>
    private static uint KeyOf(int lane, long second) => Spread.Join((uint)lane + 1, (uint)second);

    /// <summary>Whether one comes and where it turns have nothing to do with each other.</summary>
    private static uint TurnKey(uint key) => Spread.Join(key, 1);

    /// <summary>Puts somebody out of sight behind the last of a lane.</summary>
    private void Add(LaneModel lane, TrafficPicture picture, int at, double comes, uint key)
    {
        var l = lane.Index;
        var isFirst = at == Start[l];
        var arrival = isFirst ? comes : Math.Max(comes, Arrivals[at - 1]);
        var distance = Math.Max((isFirst ? 0 : distances[at - 1]) + DischargeRates.JamSpacingMetres, arrival * lane.SpeedMetresPerSecond);
        IsBus[at] = false;
        Put(at, l, arrival, distance, 1);
        Reach[at] = isFirst ? arrival : Math.Max(arrival, Reach[at - 1]);
        AmberSeconds[at] = AmberUse.OfSpeed(DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond);
        Feeder[at] = feeders.Usual(l);
        GuessTurns(lane, new ApproachingVehicle(distance, 0, arrival, false, Signals.ObjectClass.Car, key), picture, at);
    }

    private void Put(int at, int lane, double arrival, double distance, double weight)
    {
        Arrivals[at] = arrival;
        distances[at] = distance;
        Weights[at] = weight;
        LaneOf[at] = lane;
    }

    /// <summary>Nobody overtakes: behind one that must still leave a feeder, all must.</summary>
    private void SetEntered(int lane, int end)
    {
        var at = Start[lane];
        while (at < end && Feeder[at] < 0) at++;
        Entered[lane] = at;
        for (; at < end; at++)
        {
            if (Feeder[at] < 0) Feeder[at] = Feeder[at - 1];
        }
    }

    private void FileUp(int observed)
    {
        var at = FileStart[observed];
        var lanes = model.Intersection.ObservedLanes[observed].StopLanes;
        if (lanes.Length > 1)
        {
            foreach (var lane in lanes) merging[lane] = Next(lane, Entered[lane], observed);
            for (var nearest = Nearest(observed); nearest >= 0; nearest = Nearest(observed))
            {
                File[at++] = nearest;
                merging[LaneOf[nearest]] = Next(LaneOf[nearest], nearest + 1, observed);
            }
        }

        FileStart[observed + 1] = at;
    }

    private int Nearest(int observed)
    {
        var nearest = -1;
        foreach (var lane in model.Intersection.ObservedLanes[observed].StopLanes)
        {
            var candidate = merging[lane];
            if (candidate < Start[lane + 1] && (nearest < 0 || distances[candidate] < distances[nearest])) nearest = candidate;
        }

        return nearest;
    }

    private int Next(int lane, int from, int observed)
    {
        while (from < Start[lane + 1] && Feeder[from] != observed) from++;
        return from;
    }
}
