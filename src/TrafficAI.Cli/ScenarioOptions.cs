using System.CommandLine;
using System.Globalization;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Metering;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>The options that <c>simulate</c> and <c>compare</c> share.</summary>
public sealed class ScenarioOptions
{
    public Argument<string> Scenario { get; } = new("SCENARIO") { Description = "A folder with one .sumocfg, or a .sumocfg." };

    public Option<string> Engine { get; } = new("--engine")
    {
        Description = "The simulated street: builtin (nothing to install, SUMO's own files, much faster) or sumo (the reference, Debian package 'sumo').",
        DefaultValueFactory = _ => SimulatedStreet.Default,
    };

    public Option<string> Class { get; } = new("--class")
    {
        Description = "Constraints: site (as in the programme of the network), or a benchmark class: R (amber 3 s, green >= 7 s, a decision every 10 s), "
            + "R+ (amber 3 s, green >= 5 s, every second), S (amber 3 s, all-red 2 s, green >= 7 s, pedestrian minima, red <= 120 s).",
        DefaultValueFactory = _ => "site",
    };

    public Option<string> Sensing { get; } = new("--sensing")
    {
        Description = "What detectors see: full (every vehicle within 200 m, as video or radar gives) or loops (stop-line, advance and exit loops).",
        DefaultValueFactory = _ => "full",
    };

    public Option<int?> Latency { get; } = new("--latency")
    {
        Description = "Seconds from a frame to the first second on which a plan made on it acts, 0 to 10. Default: 0 with full, 1 with loops.",
    };

    public Option<double> Scale { get; } = new("--scale")
    {
        Description = "Multiply the demand, 0.1 to 5: the route file is rewritten, seeded, and kept beside the trip file.",
        DefaultValueFactory = _ => 1,
    };

    public Option<double> BusWeight { get; } = new("--bus-weight")
    {
        Description = "What a bus counts where adaptive weighs waiting, in cars, 1 to 100: say, by the persons in it. Only full sensing tells buses from cars.",
        DefaultValueFactory = _ => 1,
    };

    public Option<string?> BusPriority { get; } = new("--bus-priority")
    {
        Description = "Every bus that comes in sight asks for priority: persons aboard and seconds late, such as 40:120. Its waiting counts by both; with full sensing only.",
    };

    public Option<string> Without { get; } = new("--without")
    {
        Description = $"Parts of adaptive to leave out, to see what each is worth: {string.Join(", ", AdaptivePartsText.Names)}; commas between several.",
        DefaultValueFactory = _ => "",
    };

    public Option<string?> Metering { get; } = new("--metering")
    {
        Description = $"Let vehicles into a region that is too full only as it can take them; adaptive and max-pressure do. Give {MeteringOptions.Form}.",
    };

    public Option<string> Fault { get; } = new("--fault")
    {
        Description = "What goes wrong, drawn from the seed: dead=10%,stuck=5% (detectors), loss=5%,delay=2s,dup=1%,reorder=1% (messages, both ways).",
        DefaultValueFactory = _ => "",
    };

    public Option<string?> Begin { get; } = new("--begin") { Description = "First second (or HH:MM:SS). Default: the scenario's." };

    public Option<string?> End { get; } = new("--end") { Description = "Second after the last (or HH:MM:SS). Default: the scenario's." };

    public Option<string?> Programs { get; } = new("--programs")
    {
        Description = "An additional file of SUMO with signal programmes that take the place of the scenario's, such as 'coordinate --out' writes.",
    };

    public Option<string?> Plans { get; } = new("--plans")
    {
        Description = "Plans computed from counts, as 'plan --out' writes them: for the strategies webster, tuc and actuated-tuned, and for what adaptive falls back to.",
    };

    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads for the actors of one run; the log is the same for any number.",
        DefaultValueFactory = _ => 1,
    };

    public ScenarioOptions()
    {
        Engine.AcceptOnlyFromAmong([.. SimulatedStreet.Names]);
        Class.AcceptOnlyFromAmong("site", "R", "R+", "S");
        Sensing.AcceptOnlyFromAmong("full", "loops");
    }

    public void AddTo(Command command)
    {
        command.Arguments.Add(Scenario);
        foreach (var option in new Option[] { Engine, Class, Sensing, Latency, Scale, BusWeight, BusPriority, Without, Metering, Fault, Begin, End, Programs, Plans, Threads }) command.Options.Add(option);
    }

    /// <exception cref="InputException">A value is outside its range.</exception>
    /// <exception cref="ScenarioException">The scenario cannot be used.</exception>
    public SimulationSettings Read(ParseResult parsed, string strategy, int seed)
    {
        var sensing = parsed.GetValue(Sensing) == "loops" ? Signals.Sensing.Loops : Signals.Sensing.Full;
        return new SimulationSettings
        {
            Scenario = parsed.GetValue(Scenario)!,
            Engine = parsed.GetValue(Engine)!,
            Strategy = strategy,
            Class = ClassOf(parsed.GetValue(Class)!),
            Sensing = sensing,
            LatencySeconds = InRange("--latency", parsed.GetValue(Latency) ?? (sensing == Signals.Sensing.Loops ? 1 : 0), 0, 10),
            Seed = InRange("--seed", seed, 0, int.MaxValue),
            Scale = CheckedScale(parsed.GetValue(Scale)),
            BusWeight = InRange("--bus-weight", parsed.GetValue(BusWeight), 1, 100),
            BusPriority = CheckedBuses(parsed.GetValue(BusPriority), sensing),
            Without = CheckedParts(parsed.GetValue(Without)!),
            Metering = CheckedMetering("--metering", parsed.GetValue(Metering)),
            Faults = CheckedFaults(parsed.GetValue(Fault)!),
            Begin = StreetTime.Parse("--begin", parsed.GetValue(Begin)),
            End = StreetTime.Parse("--end", parsed.GetValue(End)),
            Programs = parsed.GetValue(Programs),
            PlansBytes = PlansFor(strategy, parsed.GetValue(Plans)),
            Threads = InRange("--threads", parsed.GetValue(Threads), 1, 64),
        };
    }

    /// <summary>The name of a class as the command line writes it.</summary>
    public static string NameOf(ControlClass controlClass) => controlClass switch
    {
        ControlClass.Site => "site",
        ControlClass.R => "R",
        ControlClass.RPlus => "R+",
        _ => "S",
    };

    public static string CheckedStrategy(string name) => Strategies.Names.Contains(name)
        ? name
        : throw new InputException($"no strategy '{name}'. Choose from {string.Join(", ", Strategies.Names)}.");

    public static ControlClass ClassOf(string name) => name switch
    {
        "site" => ControlClass.Site,
        "R" => ControlClass.R,
        "R+" => ControlClass.RPlus,
        _ => ControlClass.S,
    };

    public static double CheckedScale(double scale) => scale is >= 0.1 and <= 5 ? scale : throw new InputException("--scale must be from 0.1 to 5.");

    private static BusLoad? CheckedBuses(string? text, Signals.Sensing sensing)
    {
        if (text is null) return null;
        if (sensing == Signals.Sensing.Loops) throw new InputException("--bus-priority needs --sensing full: loops do not tell which vehicle is a bus.");
        return text.Split(':') is [var persons, var late] && BusLoad.TryRead(persons, late) is { } load
            ? load
            : throw new InputException($"--bus-priority '{text}': give the persons aboard, at most 500, and the seconds that every bus is late, at most 3600, such as 40:120.");
    }

    /// <exception cref="InputException">It cannot be read.</exception>
    public static MeteringOptions? CheckedMetering(string option, string? text)
    {
        if (text is null) return null;
        return MeteringOptions.TryRead(text, out var metering) ? metering : throw new InputException($"{option} {text}: give {MeteringOptions.Form}.");
    }

    private static AdaptiveParts CheckedParts(string text) =>
        AdaptivePartsText.TryRead(text, out var parts) ? parts : throw new InputException($"--without {text}: choose from {string.Join(", ", AdaptivePartsText.Names)}, with commas between.");

    /// <exception cref="InputException">The value is outside the range.</exception>
    public static T InRange<T>(string option, T value, T least, T most)
        where T : IComparable<T> => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
        ? value
        : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{option} must be from {least} to {most}, not {value}."));

    /// <summary>Only a strategy that may run them gets the plans: the logs of the others do not depend on them.</summary>
    private static ReadOnlyMemory<byte>? PlansFor(string strategy, string? file)
    {
        if (!Strategies.MayUsePlans(strategy) || (file is null && !Strategies.NeedsPlans(strategy))) return null;
        if (file is null) throw new InputException($"strategy '{strategy}' runs what was computed from counts. Give --plans FILE, which 'trafficai plan LOG --out FILE' writes.");
        if (!File.Exists(file)) throw new InputException($"--plans {file}: there is no such file. Write one with 'trafficai plan LOG --out {file}'.");
        return File.ReadAllBytes(file);
    }

    private static string CheckedFaults(string text)
    {
        try
        {
            FaultSpec.Parse(text);
            return text;
        }
        catch (FormatException e)
        {
            throw new InputException($"--fault: {e.Message}");
        }
    }
}
