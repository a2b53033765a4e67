using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Computed plans of the intersections of a site, as <c>trafficai plan</c> writes them; documented in docs/plans.md.</summary>
/// <param name="Where">File and JSON path, for errors.</param>
/// <param name="Class">The constraints that they were computed for.</param>
/// <param name="Provenance">Where the counts come from, for people; empty for nothing.</param>
/// <param name="Intersections">Each once.</param>
public sealed record PlansFile(string Where, ControlClass Class, string Provenance, ImmutableArray<IntersectionPlans> Intersections)
{
    /// <summary>What a recorded file is called in errors.</summary>
    public const string FileName = "plans.json";

    /// <summary>Reads the file.</summary>
    /// <param name="content">Its bytes: JSON in UTF-8.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="SignalsException">It is not such a file. The message is one line: file, place, what is wrong, what next.</exception>
    public static PlansFile Read(ReadOnlyMemory<byte> content, string name) => PlansFileReader.Read(content, name);

    /// <summary>The models, each with its plans.</summary>
    /// <exception cref="SignalsException">An intersection has none, or they do not fit its phases, lanes or class.</exception>
    public ImmutableArray<IntersectionModel> GiveTo(ImmutableArray<IntersectionModel> models) =>
        [.. models.Select(model => model with { Plans = For(model) })];

    private DayPlans For(IntersectionModel model)
    {
        if (model.Signals.Class != Class) throw new SignalsException($"{Where}.class: these plans are for other constraints than those of the run. Compute them anew with 'trafficai plan --class'.");
        var part = Intersections.FirstOrDefault(i => i.Id == model.Signals.Id)
            ?? throw new SignalsException($"{Where}.intersections: there are no plans for '{model.Signals.Id}'. Compute them from a log of this scenario.");
        for (var i = 0; i < part.Plans.Segments.Length; i++)
            if (!Fits(model, part.Plans.Segments[i]))
                throw new SignalsException($"{part.Where}.segments[{i}]: it does not fit the phases and lanes of '{part.Id}'. Compute it from a log of this scenario.");
        return part.Plans;
    }

    private static bool Fits(IntersectionModel model, DaySegment segment)
    {
        var phases = model.Signals.Phases.Length;
        var steps = segment.Webster.Steps.Length;
        return segment.Webster.Steps.All(s => s.Phase.Index < phases) && segment.Actuated.All(a => a.Phase.Index < phases)
            && segment.Tuc.LeastSeconds.Length == steps && segment.Tuc.SecondsPerVehicle.Length == steps * model.Lanes.Length
            && TucFits(model.Signals, segment);
    }

    /// <summary>The cycle holds what TUC may not shorten.</summary>
    private static bool TucFits(IntersectionSignals signals, DaySegment segment)
    {
        var steps = segment.Webster.Steps;
        var passages = steps.Select((step, i) => signals.Interphase(steps[(i + steps.Length - 1) % steps.Length].Phase, step.Phase).Length).Sum();
        return passages + segment.Tuc.LeastSeconds.Sum() <= segment.Webster.CycleSeconds;
    }
}

/// <summary>The plans of one intersection in the file.</summary>
/// <param name="Where">File and JSON path, for errors.</param>
public sealed record IntersectionPlans(string Where, IntersectionId Id, DayPlans Plans);
