namespace TrafficAI.Signals;

/// <summary>The figures of the control classes, in whole seconds; see <see cref="ControlClass"/>.</summary>
internal static class ClassRules
{
    /// <summary>Amber of R, R+ and S, and of a site whose programme shows none.</summary>
    public const int AmberSeconds = 3;

    /// <summary>Shortest green of a site whose programme names none, if the programme itself has no shorter one.</summary>
    public const int SiteMinimumGreenSeconds = 5;

    private const int AllRedOfS = 2;
    private const int PedestrianGreenOfS = 10;

    /// <summary>Intergreen of R, R+ and S between vehicles.</summary>
    public static int Intergreen(ControlClass controlClass) => controlClass == ControlClass.S ? AmberSeconds + AllRedOfS : AmberSeconds;

    /// <summary>Shortest green of R, R+ and S for a group.</summary>
    public static int MinimumGreen(ControlClass controlClass, GroupLinks group) => (controlClass, group.Kind) switch
    {
        (ControlClass.S, GroupKind.Pedestrian) => Math.Max(PedestrianGreenOfS, PedestrianTime.GreenSeconds(group.CrossingMetres)),
        _ => MinimumGreen(controlClass),
    };

    /// <summary>Shortest green of R, R+ and S for vehicles.</summary>
    public static int MinimumGreen(ControlClass controlClass) => controlClass == ControlClass.RPlus ? 5 : 7;

    /// <summary>A phase may be left only at multiples of this street second.</summary>
    public static int DecisionInterval(ControlClass controlClass) => controlClass == ControlClass.R ? 10 : 1;

    /// <summary>Longest red, or null for no limit.</summary>
    public static int? MaximumRed(ControlClass controlClass) => controlClass == ControlClass.S ? 120 : null;
}
