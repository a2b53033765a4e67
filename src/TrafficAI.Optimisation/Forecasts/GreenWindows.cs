using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>When each movement has green in the time to come, as far as the plan tells: the phase that is granted now, then those that are expected.</summary>
public sealed class GreenWindows(IntersectionModel model)
{
    /// <summary>The end of a green that nothing is known to end.</summary>
    public const double Open = double.PositiveInfinity;

    private readonly Passages passages = new(model);
    private readonly List<(PhaseId From, PhaseId To, int Start)> steps = [];

    /// <summary>Phases in their order.</summary>
    public int Count => steps.Count;

    public PhaseId Phase(int step) => steps[step].To;

    /// <summary>Takes in what is planned.</summary>
    /// <param name="granted">The phase that runs, or that the interphase leads to, from <see cref="Situation.ActsAt"/> on.</param>
    /// <param name="expected">What comes after it.</param>
    public void Plan(in Situation situation, PhaseId granted, ReadOnlySpan<ExpectedPhase> expected)
    {
        steps.Clear();
        var (running, next) = (situation.Signals.Phase, situation.Signals.Next);
        var second = situation.Picture.Second;
        var acts = (int)(situation.ActsAt - second);
        steps.Add((running, running, acts - situation.Signals.Elapsed));
        if (next is { } target) steps.Add((running, target, acts - situation.Signals.Elapsed));
        else if (granted != running) steps.Add((running, granted, acts));
        foreach (var later in expected)
        {
            var from = steps[^1];
            if (later.Phase != from.To && acts + later.AfterSeconds > from.Start) steps.Add((from.To, later.Phase, acts + later.AfterSeconds));
        }
    }

    /// <summary>When the green of a movement begins in a step, in seconds from the picture on; less than 0 for one that has begun.</summary>
    public double Begins(int step, int movement)
    {
        var (from, to, start) = steps[step];
        return start + passages.Opens(from, to)[movement];
    }

    /// <summary>When it ends.</summary>
    public double Ends(int step, int movement)
    {
        if (step == steps.Count - 1) return Open;
        var (from, to, start) = steps[step + 1];
        return start + passages.Closes(from, to)[movement];
    }
}
