using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Derives the signals of an intersection from its connections, foes and programme.</summary>
/// <remarks>An intersection with a single phase has nothing to decide: its plan holds the phase. In class
/// <see cref="ControlClass.Site"/> the rest of the programme is the passage from the phase back to itself, and the decider starts it at
/// the plan's second, whatever is wanted.</remarks>
public static class SignalsBuilder
{
    /// <summary>Derives them with the profile of the programme itself.</summary>
    /// <exception cref="SignalsException">The programme cannot be used; the message says where, what and what next.</exception>
    public static IntersectionSignals Build(RoadNetwork network, Intersection intersection, ControlClass controlClass) =>
        Build(network, intersection, controlClass, SignalProfile.OfProgramme);

    /// <param name="profile">How groups pass from red to green and back. Where there is a single phase nothing ever passes but the
    /// programme, which keeps its own.</param>
    /// <exception cref="SignalsException">The programme cannot be used; the message says where, what and what next.</exception>
    public static IntersectionSignals Build(
        RoadNetwork network, Intersection intersection, ControlClass controlClass, SignalProfile profile) =>
        Build(network, intersection, controlClass, profile, IntersectionPart.Silent(intersection.Id, profile));

    /// <param name="part">What <c>signals.json</c> says of the intersection. Its times are those of class <see cref="ControlClass.Site"/>: in
    /// the other classes it is checked against the network and has no effect.</param>
    /// <exception cref="SignalsException">The programme cannot be used, or the part does not fit it; the message says where, what and what
    /// next.</exception>
    public static IntersectionSignals Build(
        RoadNetwork network, Intersection intersection, ControlClass controlClass, IntersectionPart part)
    {
        if (controlClass == ControlClass.Site)
            return Build(network, intersection, controlClass, part.RaisesTimes ? part.Profile with { ComputesIntergreens = true } : part.Profile, part);
        Check(network, intersection, part);
        return Build(network, intersection, controlClass, SignalProfile.OfProgramme);
    }

    private static void Check(RoadNetwork network, Intersection intersection, IntersectionPart part)
    {
        var kinds = LinkKind.Of(network, intersection);
        var program = ProgramReading.Read(intersection, kinds);
        var groups = GroupDerivation.Derive(program, kinds);
        PartOnSite.Check(part, program, groups, ConflictDerivation.Derive(network, intersection, groups, new Observation(program, groups)));
    }

    private static IntersectionSignals Build(
        RoadNetwork network, Intersection intersection, ControlClass controlClass, SignalProfile profile, IntersectionPart part)
    {
        var kinds = LinkKind.Of(network, intersection);
        var program = ProgramReading.Read(intersection, kinds);
        if (program.PhaseStates.Length == 1) profile = SignalProfile.OfProgramme;
        var drawn = GroupDerivation.Derive(program, kinds);
        var observed = new Observation(program, drawn);
        var conflicts = ConflictDerivation.Derive(network, intersection, drawn, observed);
        PartOnSite.Check(part, program, drawn, conflicts);
        var links = PartOnSite.Measured(part, drawn);
        var derived = IntergreenDerivation.Derive(network, intersection, links, conflicts, program, observed, controlClass, profile);
        var intergreens = PartOnSite.Raised(part, derived, links, conflicts);
        var groups = PartOnSite.Raised(part, GroupDerivation.WithTimes(links, program, observed, controlClass, profile), links);
        var phases = PhaseDerivation.Derive(program, groups, controlClass, profile);
        var signals = new IntersectionSignals(
            intersection.Id,
            controlClass,
            program.LinkCount,
            groups,
            phases,
            conflicts,
            intergreens,
            InterphaseDerivation.Derive(program, groups, phases, intergreens, controlClass, profile),
            LocalPlanDerivation.OfProgram(program),
            ClassRules.DecisionInterval(controlClass),
            part.MaximumRedSeconds ?? ClassRules.MaximumRed(controlClass))
        {
            Night = part.Night,
            AllRedExtensionSeconds = profile.AllRedExtensionSeconds,
        };
        return controlClass == ControlClass.Site && !profile.ComputesIntergreens
            ? signals
            : signals with { LocalPlan = LocalPlanDerivation.OfClass(program, signals) };
    }
}
