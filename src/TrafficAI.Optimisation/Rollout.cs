using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What a first choice was found to lead to.</summary>
/// <param name="Phase">The phase to show now.</param>
/// <param name="HoldSeconds">For the running phase: how long it is held at least; else 0.</param>
/// <param name="Cost">Mean over the samples, in vehicle-seconds; for one that was broken off, what it costs at least.</param>
public readonly record struct Choice(PhaseId Phase, int HoldSeconds, double Cost);

/// <summary>Policy improvement by rollout: every first choice is run on, with the base policy after it, and the cheapest is taken.</summary>
/// <remarks>Bertsekas, Tsitsiklis and Wu (1997), Rollout algorithms for combinatorial optimization, J. Heuristics 3. The same guesses of turns
/// and the same arrivals are used for all choices.</remarks>
public sealed class Rollout
{
    private static readonly int[] Holds = [1, 3, 6, 12];

    /// <summary>The base policy's choice is left only for one that saves more than this, in vehicle-seconds.</summary>
    public const double Margin = 4;

    /// <summary>A full exit is taken to stay full for as long as it has been, within these limits.</summary>
    private const int ShortestBlockSeconds = 6;

    private readonly IntersectionModel model;
    private readonly ArrivalRates rates;
    private readonly LaneWaits waits;
    private readonly HeldTurners held;
    private readonly RolloutTraffic traffic;
    private readonly AskedWeights asked;
    private readonly RolloutRun run;
    private readonly RolloutHolds holds;
    private readonly RolloutCourse other = new();
    private readonly int[] blockedSeconds;
    private readonly double[] worst;
    private readonly int samples;
    private readonly bool weighsWaits;

    /// <param name="busWeight">As <see cref="DecisionOptions.BusWeight"/>.</param>
    /// <param name="weighsWaits">Whoever has waited for long counts more.</param>
    public Rollout(IntersectionModel model, double busWeight = 1, bool weighsWaits = true)
    {
        this.model = model;
        this.weighsWaits = weighsWaits;
        rates = new(model);
        waits = new(model);
        held = new(model);
        traffic = new(model, rates, waits, busWeight);
        asked = new(model, traffic, busWeight);
        run = new(model, new(model), traffic);
        holds = new(run, Holds.Length);
        blockedSeconds = new int[model.ExitDetectors.Length];
        samples = model.Lanes.Any(lane => lane.Movements.Length > 1) ? VehicleTable.Samples : 1;
        worst = new double[model.Signals.Phases.Length];
    }

    /// <summary>Per phase: what showing it now costs, in vehicle-seconds, as in <see cref="Choice.Cost"/>.</summary>
    public ReadOnlySpan<double> Costs => worst;

    /// <summary>Takes in the picture of one second.</summary>
    public void Observe(TrafficPicture picture)
    {
        rates.Observe(picture);
        if (weighsWaits) waits.Observe(picture);
        for (var exit = 0; exit < blockedSeconds.Length; exit++)
        {
            blockedSeconds[exit] = picture.ExitBlocked[exit] ? Math.Min(blockedSeconds[exit] + 1, RolloutRun.HorizonSeconds) : 0;
            run.ExitFreeSeconds[exit] = picture.ExitBlocked[exit] ? Math.Max(ShortestBlockSeconds, blockedSeconds[exit]) : 0;
        }
    }

    /// <summary>The best first choice.</summary>
    /// <param name="usual">What the base policy chooses.</param>
    public Choice Best(in Situation situation, StuckLanes stuck, PhaseId usual)
    {
        Begin(situation, stuck);
        var running = situation.Signals.Phase;
        var best = Weigh(usual, double.PositiveInfinity, running);
        var bar = best.Cost - Margin;
        worst.AsSpan().Fill(double.PositiveInfinity);
        worst[usual.Index] = best.Cost;
        if (usual != running) Consider(running, ref best, bar, running);
        foreach (var phase in model.Signals.Phases)
        {
            if (phase.Id != usual && phase.Id != running) Consider(phase.Id, ref best, bar, running);
        }

        return best;
    }

    /// <summary>What showing a phase now costs, by kind: as <see cref="Best"/> weighs it, but never broken off.</summary>
    public CostParts Account(in Situation situation, StuckLanes stuck, PhaseId phase)
    {
        Begin(situation, stuck);
        if (phase != situation.Signals.Phase) return MeanParts(phase, 0);
        var best = MeanParts(phase, Holds[0]);
        foreach (var hold in Holds.AsSpan(1))
        {
            var parts = MeanParts(phase, hold);
            if (parts.Sum < best.Sum) best = parts;
        }

        return best;
    }

    private void Begin(in Situation situation, StuckLanes stuck)
    {
        traffic.Load(situation.Picture, RolloutRun.HorizonSeconds);
        asked.Weigh(situation);
        run.Begin(model, situation);
        holds.Clear();
        held.Find(situation, run.Inside, run.WaitingInside, run.InsideMovement);
        foreach (var phase in model.Signals.Phases)
            stuck.BlockedUnder(phase.Id, situation).CopyTo(run.Stuck[(phase.Id.Index * model.Lanes.Length)..]);
    }

    private CostParts MeanParts(PhaseId phase, int hold)
    {
        var sum = default(CostParts);
        for (var sample = 0; sample < samples; sample++)
        {
            run.Run(phase.Index, hold, sample, double.PositiveInfinity, other);
            sum += run.Parts();
        }

        return sum / samples;
    }

    private void Consider(PhaseId phase, ref Choice best, double bar, PhaseId running)
    {
        var choice = Weigh(phase, best.Cost, running);
        worst[phase.Index] = choice.Cost;
        if (choice.Cost < best.Cost && choice.Cost < bar) best = choice;
    }

    private Choice Weigh(PhaseId phase, double limit, PhaseId running)
    {
        if (phase != running) return new(phase, 0, Mean(phase, 0, limit));
        var best = new Choice(running, Holds[0], Mean(running, Holds[0], limit));
        for (var i = 1; i < Holds.Length; i++)
        {
            var cost = Mean(running, Holds[i], Math.Min(limit, best.Cost));
            if (cost < best.Cost) best = new(running, Holds[i], cost);
        }

        return best;
    }

    private double Mean(PhaseId phase, int hold, double limit)
    {
        var sum = 0.0;
        for (var sample = 0; sample < samples; sample++)
        {
            var left = limit * samples - sum;
            sum += hold > 0 ? holds.Run(phase.Index, hold, sample, left) : run.Run(phase.Index, 0, sample, left, other);
            if (sum > limit * samples) return sum / samples;
        }

        return sum / samples;
    }
}
