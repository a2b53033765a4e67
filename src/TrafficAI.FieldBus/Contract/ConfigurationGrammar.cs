using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>What a configuration must look like before anybody builds on it.</summary>
internal static class ConfigurationGrammar
{
    private const int LongestSeconds = 600;

    public static string? Complaint(Wire.Configuration configuration)
    {
        var groups = configuration.Groups.Count;
        var phases = configuration.Phases.Count;
        if (groups is 0 or > WireLimits.Groups) return $"it has {groups} groups";
        if (phases is 0 or > WireLimits.Phases) return $"it has {phases} phases";
        return (configuration.Intersection.Length == 0 ? "it names no intersection" : Grammar.Text("its intersection", configuration.Intersection, WireLimits.NameBytes))
            ?? First(configuration.Groups, Group)
            ?? Matrix(configuration, groups)
            ?? First(configuration.Phases, phase => Phase(phase, groups))
            ?? (configuration.Passages.Count == phases * phases ? null : $"it has {configuration.Passages.Count} passages for {phases} phases")
            ?? First(configuration.Passages, passage => Sequence(passage, groups))
            ?? LocalPlan(configuration.LocalPlan, phases)
            ?? (configuration.DecisionInterval is >= 1 and <= LongestSeconds ? null : "its decision interval is out of range")
            ?? (configuration.MaximumRed <= WireLimits.LeaseSeconds ? null : "its maximum red is longer than an hour")
            ?? (configuration.AllRedExtension <= IntersectionSignals.MostAllRedExtension ? null : "its all-red extension is out of range")
            ?? (configuration.Start is { Steps.Count: > 0 } start ? Sequence(start, groups) : "it has no start")
            ?? Together(configuration)
            ?? Grammar.Lamps(configuration.Flashing, groups)
            ?? Grammar.Lamps(configuration.Dark, groups)
            ?? (configuration.Detectors.Count <= WireLimits.Detectors ? First(configuration.Detectors, Detector) : "it has too many detectors");
    }

    private static string? Group(Wire.SignalGroup group) =>
        Grammar.Word("group kind", group.Kind, Wire.GroupKind.Pedestrian)
        ?? (group.MinimumGreen is >= 1 and <= LongestSeconds && group.Amber <= LongestSeconds && group.FlashingGreen <= LongestSeconds && group.RedAfter <= LongestSeconds
            ? null
            : "a time of a group is out of range");

    private static string? Matrix(Wire.Configuration configuration, int groups)
    {
        if (configuration.Conflicts.Count != groups * groups || configuration.Intergreens.Count != groups * groups)
            return $"its conflicts or intergreens are not {groups} rows of {groups}";
        for (var a = 0; a < groups; a++)
        {
            for (var b = 0; b < groups; b++)
            {
                var conflict = configuration.Conflicts[a * groups + b];
                if (Grammar.Word("conflict", conflict, Wire.Conflict.Full) is { } wrong) return wrong;
                if (conflict != configuration.Conflicts[b * groups + a] || (a == b && conflict != Wire.Conflict.None)) return "its conflicts contradict each other";
            }
        }

        return configuration.Intergreens.All(seconds => seconds <= LongestSeconds) ? null : "an intergreen is out of range";
    }

    private static string? Phase(Wire.Phase phase, int groups) =>
        Grammar.Lamps(phase.Lamps, groups)
        ?? (phase.MinimumSeconds is >= 1 and <= LongestSeconds ? null : "the minimum of a phase is out of range")
        ?? (phase.Closing is { Steps.Count: > 0 } closing ? Sequence(closing, groups) : "a phase has no closing");

    private static string? Sequence(Wire.LampSequence sequence, int groups) => sequence.Steps.Count > WireLimits.SequenceSteps
        ? "a sequence has too many steps"
        : First(sequence.Steps, step => step.Seconds is >= 1 and <= LongestSeconds ? Grammar.Lamps(step.Lamps, groups) : "a step of a sequence is out of range");

    /// <summary>What is kept second by second must not be much more than what was sent.</summary>
    private static string? Together(Wire.Configuration configuration)
    {
        var sequences = configuration.Passages.Concat(configuration.Phases.Select(phase => phase.Closing)).Append(configuration.Start);
        var seconds = sequences.Sum(sequence => sequence.Steps.Sum(step => (long)step.Seconds));
        return seconds <= WireLimits.SequencesSeconds ? null : $"its passages, closings and start last {seconds} s together, more than {WireLimits.SequencesSeconds} s";
    }

    private static string? LocalPlan(Wire.LocalPlan? plan, int phases)
    {
        if (plan is null || plan.CycleSeconds is 0 or > WireLimits.LeaseSeconds || plan.OffsetSeconds >= WireLimits.DaySeconds) return "it has no local plan that can be";
        if (plan.Steps.Count is 0 or > WireLimits.PlanSteps) return $"its local plan has {plan.Steps.Count} steps";
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            if (step.Phase < 1 || step.Phase > phases) return "its local plan names a phase that does not exist";
            if (step.Start >= plan.CycleSeconds || (i > 0 && step.Start <= plan.Steps[i - 1].Start)) return "the steps of its local plan do not rise within the cycle";
        }

        return null;
    }

    private static string? Detector(Wire.Detector detector) =>
        (detector.Id.Length == 0 ? "a detector has no id" : Grammar.Text("the id of a detector", detector.Id, WireLimits.NameBytes))
        ?? Grammar.Word("detector kind", detector.Kind, Wire.DetectorKind.PushButton);

    private static string? First<T>(IEnumerable<T> all, Func<T, string?> grammar) => all.Select(grammar).FirstOrDefault(wrong => wrong is not null);
}
