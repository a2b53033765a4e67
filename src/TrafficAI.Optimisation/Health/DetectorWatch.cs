using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>Judges one detector by what it says, and by what others say must have crossed it. Seconds without a frame count for nothing: a
/// broken link is no broken detector.</summary>
/// <remarks>Rules after those that traffic centres use (control.md, E4: silence, locked on, chatter, impossible flow), in a form that needs
/// no day of history: silence and constant occupancy are measured in vehicles that must have crossed, not in hours.</remarks>
internal sealed class DetectorWatch
{
    /// <summary>So many vehicles do not cross a good detector unseen.</summary>
    public const double ProofVehicles = 10;

    private const int ShortestSilenceSeconds = 30;
    private const int StuckAfterSeconds = 300;
    private const int OccupiedPermille = 900;
    private const int ChatterBinSeconds = 30;
    private const int ChatterCounts = 38;
    private const int FlowBins = 10;
    private const int MostVehiclesPerSecond = 3;

    /// <summary>2700 veh/h over <see cref="FlowBins"/> bins.</summary>
    private const int ImpossibleCounts = 225;

    /// <summary>So many vehicles of the past are taken to have been seen by all alike.</summary>
    private const double PriorVehicles = 5;

    private const double MemoryVehicles = 200;

    /// <summary>Signs of life that clear a detector which others have proved wrong.</summary>
    private const int ProvedSigns = 3;

    private int occupancy = -1;
    private int unchangedSeconds;
    private double missed;
    private double own = PriorVehicles;
    private double others = PriorVehicles;
    private int signsNeeded;
    private int binSeconds;
    private int binCounts;
    private int flowBins;
    private int flowCounts;
    private int goodBins;

    public DetectorHealth Health { get; private set; } = DetectorHealth.Undoubted;

    public bool IsGood => Health.IsGood;

    /// <summary>Seconds with a frame since it last showed life.</summary>
    public int UnchangedSeconds => unchangedSeconds;

    /// <summary>It has shown life.</summary>
    public bool HasLived { get; private set; }

    /// <summary>Somebody stands on it, or it says so.</summary>
    public bool IsOccupied => occupancy >= OccupiedPermille;

    /// <summary>Takes in one second of a loop.</summary>
    public void Read(LoopReading reading)
    {
        Bin(reading.Count);
        own += reading.Count;
        Live(reading.Count > 0 || (occupancy >= 0 && reading.OccupancyPermille != occupancy), reading.OccupancyPermille);
        if (reading.Count > MostVehiclesPerSecond || reading.OccupancyPermille > 1000)
            Condemn(DetectorCondition.Impossible, new("{0} vehicles and an occupancy of {1:0.#} % in a second", reading.Count, reading.OccupancyPermille / 10.0), 0);
    }

    /// <summary>Takes in one second of any detector.</summary>
    /// <param name="sign">It has shown life.</param>
    /// <param name="permille">What it says of its occupancy.</param>
    public void Live(bool sign, int permille)
    {
        occupancy = permille;
        unchangedSeconds = sign ? 0 : unchangedSeconds + 1;
        if (!sign) return;
        HasLived = true;
        Compare();
        if (Health.Condition is not (DetectorCondition.Silent or DetectorCondition.Stuck) || --signsNeeded > 0) return;
        Clear(new("it shows life again"));
    }

    /// <summary>Others say that vehicles have crossed it since the last call. They count as far as it has seen such vehicles before.</summary>
    public void Missed(double vehicles)
    {
        missed += vehicles;
        if (missed * Math.Min(1, own / others) < ProofVehicles || unchangedSeconds < ShortestSilenceSeconds) return;
        Condemn(
            IsOccupied ? DetectorCondition.Stuck : DetectorCondition.Silent,
            new("no change for {0} s, while others saw {1} vehicles cross it", unchangedSeconds, (int)missed), ProvedSigns);
    }

    /// <summary>Condemns it where it has been occupied without a change for too long.</summary>
    public void JudgeOccupied()
    {
        if (IsOccupied && unchangedSeconds >= StuckAfterSeconds)
            Condemn(DetectorCondition.Stuck, new("occupied for {0} s without a change", unchangedSeconds), 1);
    }

    /// <summary>It ought to have seen somebody by now. Somebody may stand on it for a while.</summary>
    /// <param name="expected">Vehicles expected since its last sign of life.</param>
    public void Doubt(double expected)
    {
        if (IsOccupied) JudgeOccupied();
        else Condemn(DetectorCondition.Silent, new("no change for {0} s, in which about {1} vehicles were expected", unchangedSeconds, (int)expected), 1);
    }

    /// <summary>A doubt was wrong: nobody was to be expected. What others have proved stands.</summary>
    public void Trust()
    {
        if (Health.Condition == DetectorCondition.Silent && signsNeeded <= 1) Clear(new("others show life again"));
    }

    /// <summary>What others have seen since its last sign is now known to be no proof.</summary>
    private void Compare()
    {
        others += missed;
        missed = 0;
        if (others <= MemoryVehicles) return;
        others /= 2;
        own /= 2;
    }

    private void Bin(int count)
    {
        binCounts += count;
        flowCounts += count;
        if (++binSeconds < ChatterBinSeconds) return;
        if (binCounts >= ChatterCounts)
            Condemn(DetectorCondition.Chattering, new("{0} counts in {1} s", binCounts, ChatterBinSeconds), 0);
        goodBins = binCounts >= ChatterCounts ? 0 : goodBins + 1;
        (binSeconds, binCounts) = (0, 0);
        if (++flowBins >= FlowBins) CloseFlow();
    }

    private void CloseFlow()
    {
        if (flowCounts > ImpossibleCounts)
            Condemn(DetectorCondition.Impossible, new("{0} vehicles in {1} s", flowCounts, FlowBins * ChatterBinSeconds), 0);
        else if (goodBins >= FlowBins && Health.Condition is DetectorCondition.Chattering or DetectorCondition.Impossible)
            Clear(new("plausible for {0} s", goodBins * ChatterBinSeconds));
        (flowBins, flowCounts) = (0, 0);
    }

    private void Condemn(DetectorCondition condition, Reason reason, int signs)
    {
        if (condition is DetectorCondition.Chattering or DetectorCondition.Impossible) goodBins = 0;
        if (!IsGood) return;
        Health = new(condition, reason.ToString());
        signsNeeded = signs;
    }

    private void Clear(Reason reason)
    {
        Health = new(DetectorCondition.Good, reason.ToString());
        missed = 0;
    }
}
