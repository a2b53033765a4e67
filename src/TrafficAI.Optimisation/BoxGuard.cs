using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Clears turners who are held inside the junction before a phase begins in which others wait inside: when both find their gap, they and
/// those behind them meet and stand for good.</summary>
/// <remarks>One or two turners leave when the phase ends, so that it takes more, and a lane that others use who go on. While they are held, a phase in
/// which others wait inside may only follow one that gives them the right of way, if there is one.</remarks>
public sealed class BoxGuard
{
    /// <summary>One of them leaves in so much of the passage to the next phase.</summary>
    private const double LeavingSeconds = 2.5;

    /// <summary>They block their lane: nobody has left it for so long.</summary>
    private const int BlockedSeconds = 4;

    private readonly IntersectionModel model;
    private readonly bool[] forbidden;

    /// <summary>Phases × movements: has green, but must wait inside for vehicles.</summary>
    private readonly bool[] waits;

    /// <summary>Per phase: some movement waits inside.</summary>
    private readonly bool[] anyWaits;

    /// <summary>Phases × lanes: some movements wait inside, others do not, and another phase gives the first the right of way.</summary>
    private readonly bool[] guarded;

    public BoxGuard(IntersectionModel model)
    {
        this.model = model;
        var phases = model.Signals.Phases;
        forbidden = new bool[phases.Length];
        waits = [.. phases.SelectMany(p => model.Movements.Select(m => m.WaitsInside && model.RightOf(p.Id, m.Index) == Right.Yielding && !model.IsUnopposed(p.Id, m.Index)))];
        anyWaits = [.. phases.Select(p => model.Movements.Any(m => Waits(p.Id, m.Index)))];
        guarded = [.. phases.SelectMany(p => model.Lanes.Select(l => IsShared(p.Id, l) && phases.Any(other => Frees(p.Id, other.Id, l))))];
    }

    /// <summary>Some phase may not begin now.</summary>
    public bool IsActive => Array.IndexOf(forbidden, true) >= 0;

    /// <summary>Whether a phase may not begin now; never true of the running one.</summary>
    public bool Forbids(PhaseId phase) => forbidden[phase.Index];

    /// <summary>Takes in what is believed.</summary>
    public void Observe(in Situation situation)
    {
        Array.Clear(forbidden);
        var held = situation.Picture.HeldInside;
        var running = situation.Signals.Phase;
        var most = 0;
        for (var lane = 0; lane < held.Length; lane++)
        {
            if (situation.Picture.Lanes[lane].SinceDischargeSeconds >= BlockedSeconds && guarded[running.Index * model.Lanes.Length + lane]) most = Math.Max(most, held[lane]);
        }

        foreach (var phase in model.Signals.Phases)
            forbidden[phase.Id.Index] = phase.Id != running && anyWaits[phase.Id.Index] && most >= 1 + Math.Max(1, (int)(model.Signals.PassageSeconds(running, phase.Id) / LeavingSeconds));
    }

    private bool IsShared(PhaseId phase, LaneModel lane) =>
        lane.Movements.Any(m => Waits(phase, m)) && lane.Movements.Any(m => model.RightOf(phase, m) == Right.Protected);

    private bool Frees(PhaseId running, PhaseId phase, LaneModel lane) =>
        lane.Movements.All(m => !Waits(running, m) || model.IsUnopposed(phase, m));

    private bool Waits(PhaseId phase, int movement) => waits[phase.Index * model.Movements.Length + movement];
}
