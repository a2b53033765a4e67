using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What a first choice was found to lead to.</summary>
/// <param name="Phase">The phase to show now.</param>
/// <param name="HoldSeconds">For the running phase: how long it is held at least; else 0.</param>
/// <param name="Cost">Mean over the samples, in vehicle-seconds; for one that was broken off, what it costs at least.</param>
public readonly record struct Choice(PhaseId Phase, int HoldSeconds, double Cost);

/// <summary>Policy improvement by rollout: every first choice is run on, with the base policy after it, and the cheapest is taken.</summary>
/// <remarks>Bertsekas, Tsitsiklis and Wu (1997), Rollout algorithms for combinatorial optimization, J. Heuristics 3. Each choice goes through the same futures (<see cref="RolloutTraffic"/>), so that what it saves is
/// known for each of them: the base policy's choice is left only for a saving that stands out from their disagreement.</remarks>
public sealed class Rollout
{
    private static readonly int[] Holds = [1, 3, 6, 12];

    /// <summary>The base policy's choice is left only for one that saves more than this, in vehicle-seconds.</summary>
    private const double Margin = 4;

    /// <summary>And more than so many standard deviations of the saving for each second by which a change takes longer than <see cref="CheapChangeSeconds"/>: the least of many uncertain costs looks less than it is,
    /// and to be wrong costs what a change takes.</summary>
    private const double ProofPerSecond = 0.06;

    private const double CheapChangeSeconds = 8;
    private const double MostProof = 0.7;

    /// <summary>A full exit is taken to stay full for as long as it has been, within these limits.</summary>
    private const int ShortestBlockSeconds = 6;

    private readonly IntersectionModel model;
    private readonly ArrivalRates rates;
    private readonly LaneWaits waits;
    private readonly HeldTurners held;
    private readonly RolloutTraffic[] futures;
    private readonly AskedWeights[] asked;
    private readonly RolloutRun run;
    private readonly RolloutHolds holds;
    private readonly RolloutCourse other = new();
    private readonly int[] blockedSeconds;
    private readonly double[] worst;
    private readonly double[] margins;
    private readonly double[] costsOfUsual = new double[VehicleTable.Samples];
    private readonly double[] costsOfOther = new double[VehicleTable.Samples];
    private readonly double[] costs = new double[VehicleTable.Samples];
    private readonly double proof;
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
        futures = [.. Enumerable.Range(0, VehicleTable.Samples).Select(sample => new RolloutTraffic(model, rates, waits, busWeight, sample))];
        asked = [.. futures.Select(future => new AskedWeights(model, future, busWeight))];
        var tables = new RolloutTables(model);
        proof = Math.Clamp(ProofPerSecond * (tables.ChangeSeconds - CheapChangeSeconds), 0, MostProof);
        run = new(model, tables, futures);
        holds = new(run, Holds.Length);
        blockedSeconds = new int[model.ExitDetectors.Length];
        worst = new double[model.Signals.Phases.Length];
        margins = new double[worst.Length];
    }

    /// <summary>Per phase: what showing it now costs, in vehicle-seconds, as in <see cref="Choice.Cost"/>.</summary>
    public ReadOnlySpan<double> Costs => worst;

    /// <summary>What a phase had to save against the base policy's choice, in vehicle-seconds.</summary>
    public double MarginOf(PhaseId phase) => margins[phase.Index];

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
        worst.AsSpan().Fill(double.PositiveInfinity);
        margins.AsSpan().Fill(Margin);
        var running = situation.Signals.Phase;
        var ofUsual = Weigh(usual, double.PositiveInfinity, running, costsOfUsual);
        worst[usual.Index] = ofUsual.Cost;
        var best = ofUsual;
        if (usual != running) Consider(running, ofUsual.Cost, ref best, running);
        foreach (var phase in model.Signals.Phases)
        {
            if (phase.Id != usual && phase.Id != running) Consider(phase.Id, ofUsual.Cost, ref best, running);
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
        foreach (var future in futures) future.Load(situation.Picture, situation.ActsAt);
        foreach (var requests in asked) requests.Weigh(situation);
        run.Begin(model, situation);
        holds.Clear();
        held.Find(situation, run.Inside, run.WaitingInside, run.InsideMovement);
        foreach (var phase in model.Signals.Phases)
            stuck.BlockedUnder(phase.Id, situation).CopyTo(run.Stuck[(phase.Id.Index * model.Lanes.Length)..]);
    }

    private CostParts MeanParts(PhaseId phase, int hold)
    {
        var sum = default(CostParts);
        for (var sample = 0; sample < futures.Length; sample++)
        {
            run.Run(phase.Index, hold, sample, double.PositiveInfinity, other);
            sum += run.Parts();
        }

        return sum / futures.Length;
    }

    private void Consider(PhaseId phase, double costOfUsual, ref Choice best, PhaseId running)
    {
        var choice = Weigh(phase, best.Cost, running, costsOfOther);
        worst[phase.Index] = choice.Cost;
        if (choice.Cost >= best.Cost) return;
        margins[phase.Index] = Margin + proof * Disagreement(costOfUsual - choice.Cost);
        if (choice.Cost < costOfUsual - margins[phase.Index]) best = choice;
    }

    /// <summary>Standard deviation of what is saved, over the futures.</summary>
    /// <param name="mean">What is saved on average.</param>
    private double Disagreement(double mean)
    {
        var squares = 0.0;
        for (var sample = 0; sample < futures.Length; sample++)
        {
            var away = costsOfUsual[sample] - costsOfOther[sample] - mean;
            squares += away * away;
        }

        return Math.Sqrt(squares / (futures.Length - 1));
    }

    /// <param name="ofSamples">Written: the cost in each future, unless it was broken off.</param>
    private Choice Weigh(PhaseId phase, double limit, PhaseId running, double[] ofSamples)
    {
        if (phase != running) return new(phase, 0, Mean(phase, 0, limit, ofSamples));
        var best = new Choice(running, Holds[0], Mean(running, Holds[0], limit, ofSamples));
        for (var i = 1; i < Holds.Length; i++)
        {
            var cost = Mean(running, Holds[i], Math.Min(limit, best.Cost), costs);
            if (cost >= best.Cost) continue;
            best = new(running, Holds[i], cost);
            costs.CopyTo(ofSamples, 0);
        }

        return best;
    }

    private double Mean(PhaseId phase, int hold, double limit, double[] ofSamples)
    {
        var sum = 0.0;
        for (var sample = 0; sample < futures.Length; sample++)
        {
            var left = limit * futures.Length - sum;
            ofSamples[sample] = hold > 0 ? holds.Run(phase.Index, hold, sample, left) : run.Run(phase.Index, 0, sample, left, other);
            sum += ofSamples[sample];
            if (sum > limit * futures.Length) break;
        }

        return sum / futures.Length;
    }
}
