using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TrafficAI.Cli.Field;

/// <summary>What <c>serve</c> is told of its site, in YAML. Paths are relative to the file.</summary>
public sealed record SiteFile
{
    /// <summary>A folder with a .sumocfg, or a .sumocfg: its network, and signals.json beside it.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>The keys of the controllers: see <see cref="ControllerKeys"/>.</summary>
    public string Keys { get; init; } = "";

    public string Strategy { get; init; } = "adaptive";

    /// <summary>site, R, R+ or S.</summary>
    public string Class { get; init; } = "site";

    /// <summary>full or loops: what the controllers' detectors give.</summary>
    public string Sensing { get; init; } = "full";

    /// <summary>Seconds from a frame to the first second on which a plan made on it acts, 0 to 10.</summary>
    public int Latency { get; init; } = 1;

    /// <summary>What a bus counts where waiting is weighed, in cars; 1 to 100.</summary>
    public double BusWeight { get; init; } = 1;

    /// <summary>How those who enter an oversaturated region are metered, such as 30:150; null for not at all.</summary>
    public string? Metering { get; init; }

    /// <summary>Threads for the actors.</summary>
    public int Threads { get; init; } = 1;

    /// <exception cref="InputException">It is no such file.</exception>
    public static SiteFile Read(string path)
    {
        try
        {
            var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
            var site = reader.Deserialize<SiteFile?>(File.ReadAllText(path)) ?? new SiteFile();
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return site.Checked(path) with { Scenario = Path.Combine(folder, site.Scenario), Keys = Path.Combine(folder, site.Keys) };
        }
        catch (YamlException e)
        {
            throw new InputException($"{path}:{e.Start.Line}: {(e.InnerException ?? e).Message.ReplaceLineEndings(" ")} See docs/serve.md for what may stand here.");
        }
    }

    public ControlClass ControlClass => ScenarioOptions.ClassOf(Class);

    public DecisionOptions Options => new(Strategy, Latency, BusWeight: BusWeight, LearnedEverySeconds: DecisionOptions.Hourly,
        Metering: ScenarioOptions.CheckedMetering("metering", Metering));

    /// <summary>The first event of the log.</summary>
    public RunHeader Header(ScenarioFile scenario) => new RunHeader(
        RunHeader.ThisBuild, scenario.Name, "mqtt", Strategy, ControlClass, Sensing == "loops" ? Signals.Sensing.Loops : Signals.Sensing.Full, Latency,
        Options.LeaseSeconds, Options.Epoch, 0, 1, "", scenario.Begin, scenario.End, Path.GetFileName(scenario.NetFile))
        .Recording(Options);

    private SiteFile Checked(string path)
    {
        if (Scenario.Length == 0 || Keys.Length == 0) throw new InputException($"{path}: 'scenario' or 'keys' is missing. See docs/serve.md.");
        ScenarioOptions.CheckedStrategy(Strategy);
        if (Class is not ("site" or "R" or "R+" or "S")) throw new InputException($"{path}: no class '{Class}'. Choose from site, R, R+, S.");
        if (Sensing is not ("full" or "loops")) throw new InputException($"{path}: no sensing '{Sensing}'. Choose full or loops.");
        ScenarioOptions.InRange($"{path}: latency", Latency, 0, 10);
        ScenarioOptions.InRange($"{path}: busWeight", BusWeight, 1, 100);
        ScenarioOptions.CheckedMetering($"{path}: metering", Metering);
        ScenarioOptions.InRange($"{path}: threads", Threads, 1, 64);
        return this;
    }
}
