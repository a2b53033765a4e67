namespace TrafficAI.Signals;

/// <summary>Which constraints bind a run: the site's own, or those of a benchmark class.</summary>
public enum ControlClass
{
    /// <summary>As in the signal file, else as in the programme itself.</summary>
    Site,

    /// <summary>Amber 3 s, no all-red, green at least 7 s, a decision every 10 s.</summary>
    R,

    /// <summary>Amber 3 s, no all-red, green at least 5 s, a decision every second.</summary>
    RPlus,

    /// <summary>Amber 3 s, all-red 2 s between conflicting phases, green at least 7 s (more where pedestrians cross), red at most 120 s.</summary>
    S,
}
