namespace TrafficAI.Signals.Street;

/// <summary>One loop. The engine tells which vehicles lay on it during the last second, since when and until when; one that did not lie on it
/// the second before has entered.</summary>
public sealed class LoopSensor
{
    private readonly List<(double From, double Until)> covered = [];
    private HashSet<ulong> onLoop = [];
    private HashSet<ulong> before = [];
    private int entered;

    /// <summary>What it said of the last second.</summary>
    public LoopReading Reading { get; private set; }

    /// <summary>Begins a second.</summary>
    public void Begin()
    {
        (onLoop, before) = (before, onLoop);
        onLoop.Clear();
        covered.Clear();
        entered = 0;
    }

    /// <summary>A vehicle that lay on the loop in this second.</summary>
    /// <param name="vehicle">Only to know it again.</param>
    /// <param name="from">Since when, as a share of the second, 0 to 1; below 0 for earlier.</param>
    /// <param name="until">Until when, likewise; above 1 for later.</param>
    public void Cover(ulong vehicle, double from, double until)
    {
        (from, until) = (Math.Clamp(from, 0, 1), Math.Clamp(until, 0, 1));
        if (until > from)
            covered.Add((from, until));
        if (onLoop.Add(vehicle) && !before.Contains(vehicle))
            entered++;
    }

    /// <summary>Ends the second.</summary>
    public void End() => Reading = new((byte)Math.Min(entered, byte.MaxValue), Permille());

    /// <summary>The share of the second in which at least one vehicle lay on the loop.</summary>
    private ushort Permille()
    {
        covered.Sort();
        var (total, end) = (0.0, 0.0);
        foreach (var (from, until) in covered)
        {
            total += Math.Max(0, until - Math.Max(from, end));
            end = Math.Max(end, until);
        }
        return (ushort)Math.Clamp(Math.Round(total * 1000, MidpointRounding.AwayFromZero), 0, 1000);
    }
}
