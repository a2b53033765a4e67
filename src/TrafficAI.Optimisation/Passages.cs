using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>When each movement gets its green on the way from one phase to another; laid out once.</summary>
public sealed class Passages
{
    private readonly IntersectionModel model;
    private readonly int[] opens;
    private readonly int[] closes;

    public Passages(IntersectionModel model)
    {
        this.model = model;
        opens =
        [
            .. model.Signals.Phases.SelectMany(from => model.Signals.Phases.SelectMany(to =>
                model.Movements.Select(m => from.Id == to.Id ? 0 : Opens(model.Signals.Interphase(from.Id, to.Id), m.Group)))),
        ];
        closes =
        [
            .. model.Signals.Phases.SelectMany(from => model.Signals.Phases.SelectMany(to =>
                model.Movements.Select(m => from.Id == to.Id ? 0 : Closes(model.Signals.Interphase(from.Id, to.Id), m.Group)))),
        ];
    }

    /// <summary>Per movement: seconds from leaving <paramref name="from"/> for which its green goes on; the length of the interphase when
    /// it does not end. Says nothing of movements that are red in <paramref name="from"/>.</summary>
    public ReadOnlySpan<int> Closes(PhaseId from, PhaseId to) =>
        closes.AsSpan((from.Index * model.Signals.Phases.Length + to.Index) * model.Movements.Length, model.Movements.Length);

    /// <summary>Per movement: seconds from leaving <paramref name="from"/> until its green of <paramref name="to"/> begins; 0 when it
    /// keeps its green throughout, and for the running phase itself. Says nothing of movements that are red in <paramref name="to"/>.</summary>
    public ReadOnlySpan<int> Opens(PhaseId from, PhaseId to) =>
        opens.AsSpan((from.Index * model.Signals.Phases.Length + to.Index) * model.Movements.Length, model.Movements.Length);

    private static int Opens(Interphase interphase, int group)
    {
        var first = interphase.Length;
        while (first > 0 && interphase.Seconds[first - 1].Lamps[group].IsGreen()) first--;
        return first;
    }

    private static int Closes(Interphase interphase, int group)
    {
        var green = 0;
        while (green < interphase.Length && interphase.Seconds[green].Lamps[group].IsGreen()) green++;
        return green;
    }
}
