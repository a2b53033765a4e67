using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What a phase is worth: the best rate of service that it can reach.</summary>
/// <param name="VehiclesPerSecond">Served / seconds, at the best length; 0 when it serves nobody.</param>
/// <param name="Vehicles">Served until then, the mean over the samples of turns; pedestrians included.</param>
/// <param name="Seconds">The best length, from now.</param>
public readonly record struct PhaseWorth(double VehiclesPerSecond, double Vehicles, int Seconds);

/// <summary>The index rule: for each phase the largest of served(T) / max(T, L + minimum green) over T up to 60 s, where L is the
/// interphase from the running phase; for the running phase itself served(T) / max(T, 1).</summary>
/// <remarks>After the priority index of Lämmer and Helbing (2008), Self-control of traffic lights, J. Stat. Mech. P04019, with all lanes of
/// a phase and set-up times. The curves of the samples are averaged before the maximum is taken, not the maxima: one length has to be
/// chosen before the turns are known. Of equally good lengths the longest is reported.</remarks>
public sealed class PhaseIndex
{
    private readonly IntersectionModel model;
    private readonly VehicleTable vehicles;
    private readonly DepartureRecursion recursion;
    private readonly Passages passages;
    private readonly UnseenDemand pedestrians;
    private readonly int[] served = new int[DepartureRecursion.HorizonSeconds];

    public PhaseIndex(IntersectionModel model)
    {
        this.model = model;
        vehicles = new(model);
        recursion = new(model, vehicles);
        passages = new(model);
        pedestrians = new(model);
    }

    /// <summary>Weighs every phase.</summary>
    /// <param name="stuck">Lanes that do not move in spite of green.</param>
    /// <param name="worth">One entry per phase, written.</param>
    public void Weigh(in Situation situation, StuckLanes stuck, Span<PhaseWorth> worth)
    {
        vehicles.Load(situation.Picture);
        foreach (var phase in model.Signals.Phases)
            worth[phase.Id.Index] = Weigh(phase, situation, stuck.BlockedUnder(phase.Id, situation));
    }

    private PhaseWorth Weigh(Phase phase, in Situation situation, ReadOnlySpan<bool> blockedLanes)
    {
        var running = situation.Signals.Phase;
        var opens = passages.Opens(running, phase.Id);
        Array.Clear(served);
        for (var sample = 0; sample < VehicleTable.Samples; sample++)
            recursion.AddServed(phase.Id, sample, opens, blockedLanes, situation.Picture.ExitBlocked.AsSpan(), served);
        var walking = phase.Id == running ? 0 : pedestrians.ServedBy(phase.Id, situation.Picture.UnseenWaitSeconds);
        return Best(walking, ShortestSeconds(phase, running));
    }

    private int ShortestSeconds(Phase phase, PhaseId running) =>
        phase.Id == running
            ? model.Signals.DecisionIntervalSeconds
            : Math.Max(model.Signals.PassageSeconds(running, phase.Id) + phase.MinimumSeconds, model.Signals.DecisionIntervalSeconds);

    private PhaseWorth Best(double walking, int shortest)
    {
        var best = default(PhaseWorth);
        var total = 0;
        for (var s = 0; s < served.Length; s++)
        {
            if (served[s] == 0 && s > 0) continue;
            total += served[s];
            var number = walking + (double)total / VehicleTable.Samples;
            var seconds = Math.Max(s + 1, shortest);
            var rate = number / seconds;
            if (rate > 0 && rate >= best.VehiclesPerSecond) best = new(rate, number, seconds);
        }

        return best;
    }
}
