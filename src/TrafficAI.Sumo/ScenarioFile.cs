using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Sumo;

/// <summary>A SUMO scenario: what a <c>.sumocfg</c> names. All paths are absolute.</summary>
/// <param name="Path">The <c>.sumocfg</c> itself.</param>
/// <param name="NetFile">The network.</param>
/// <param name="NetBytes">The bytes of the network file, as they are (perhaps gzip); with the signal programmes of additional files, where
/// those hold some.</param>
/// <param name="SignalsBytes">The bytes of the file <c>signals.json</c> beside the <c>.sumocfg</c>; null without one.</param>
/// <param name="RouteFiles">The demand.</param>
/// <param name="AdditionalFiles">Types, stops, detectors; demand too at times.</param>
/// <param name="Begin">First street second of the window.</param>
/// <param name="End">The street second at which the window ends; more than <paramref name="Begin"/>.</param>
/// <param name="EndNote">If the file names no end: one line that says how <paramref name="End"/> was chosen; else null.</param>
public sealed record ScenarioFile(
    string Path,
    string NetFile,
    ReadOnlyMemory<byte> NetBytes,
    ReadOnlyMemory<byte>? SignalsBytes,
    ImmutableArray<string> RouteFiles,
    ImmutableArray<string> AdditionalFiles,
    long Begin,
    long End,
    string? EndNote)
{
    /// <summary>Without an end in the file: so many seconds after the last departure.</summary>
    public const long ClearanceSeconds = 3600;

    /// <summary>Without an end in the file: no window is longer than a day.</summary>
    public const long LongestAssumedWindowSeconds = 86_400;

    /// <summary>The file's name without <c>.sumocfg</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Where <c>signals.json</c> lies, or would.</summary>
    public string SignalsPath => SignalsBeside(Path);

    /// <summary>What <c>signals.json</c> says.</summary>
    /// <exception cref="SignalsException">It is not such a file.</exception>
    public SignalsFile ReadSignals() => SignalsBytes is { } bytes ? SignalsFile.Read(bytes, SignalsPath) : SignalsFile.None;

    /// <summary>Reads a scenario.</summary>
    /// <param name="path">A <c>.sumocfg</c>, or a folder that holds exactly one, or one of the folder's own name.</param>
    /// <param name="begin">Instead of the file's begin.</param>
    /// <param name="end">Instead of the file's end.</param>
    /// <param name="programs">One more additional file, with signal programmes that come into force; null for none.</param>
    /// <exception cref="ScenarioException">The scenario cannot be used.</exception>
    public static ScenarioFile Read(string path, long? begin = null, long? end = null, string? programs = null)
    {
        var file = Find(path);
        var options = ReadOptions(file);
        CheckStepLength(file, options);
        CheckScale(file, options);
        var net = Files(file, options, "net-file", "net", "n");
        if (net.Length != 1)
            throw new ScenarioException($"{file}: names no network. Add <net-file value=\"….net.xml\"/> to its <input>.");
        var routes = Files(file, options, "route-files", "routes", "r");
        var additional = Files(file, options, "additional-files", "additional", "a").AddRange(Programs(programs));
        var first = begin ?? Time(file, options, "begin", "b") ?? 0;
        var last = end ?? Time(file, options, "end", "e") ?? -1;
        var note = last < 0 ? AssumeEnd(file, [.. routes, .. additional], first, out last) : null;
        if (first < 0 || last <= first)
            throw new ScenarioException($"{file}: the window from {first} s to {last} s is empty. Give --begin and --end with 0 <= begin < end.");
        var network = AdditionalPrograms.JoinTo(ReadBytes(file, "network", net[0]), additional);
        var signals = SignalsBeside(file);
        return new(file, net[0], network, File.Exists(signals) ? (ReadOnlyMemory<byte>?)ReadBytes(file, "file", signals) : null, routes, additional, first, last, note);
    }

    private static string Find(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full))
            return full;
        if (!Directory.Exists(full))
            throw new ScenarioException($"{path}: there is no such file or folder. Give a .sumocfg file, or a folder that holds one.");
        var namesake = System.IO.Path.Combine(full, $"{new DirectoryInfo(full).Name}.sumocfg");
        if (File.Exists(namesake))
            return namesake;
        var found = Directory.GetFiles(full, "*.sumocfg");
        Array.Sort(found, StringComparer.Ordinal);
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ScenarioException($"{path}: the folder holds no .sumocfg file. Give the path of one."),
            _ => throw new ScenarioException($"{path}: the folder holds {found.Length} .sumocfg files, such as "
                + $"{System.IO.Path.GetFileName(found[0])} and {System.IO.Path.GetFileName(found[1])}. Give the path of one of them, or name one after the folder."),
        };
    }

    private static Dictionary<string, string> ReadOptions(string file)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        using var xml = SumoFile.Open(file);
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && (xml.GetAttribute("value") ?? xml.GetAttribute("v")) is { } value)
                    options[xml.Name] = value;
            }
        }
        catch (Exception e) when (e is XmlException or IOException)
        {
            throw new ScenarioException($"{file}: {SumoFile.OneLine(e.Message)} Repair the file, or save it anew with netedit or sumo -C.", e);
        }
        return options;
    }

    private static void CheckStepLength(string file, Dictionary<string, string> options)
    {
        if (Value(options, "step-length") is { } text && !(SumoTime.TryParse(text, out var step) && step == 1))
            throw new ScenarioException($"{file}: step-length is {text} s, but control runs on whole seconds. Set it to 1 or leave it out.");
    }

    // SUMO's copies are in no route file, so nobody could score those that never get in.
    private static void CheckScale(string file, Dictionary<string, string> options)
    {
        if (Value(options, "scale") is { } text && !(SumoTime.TryParse(text, out var scale) && scale == 1))
            throw new ScenarioException($"{file}: scale is {text}, but only vehicles of the route files can be scored. Leave it out and give --scale {text}.");
    }

    private static string? Value(Dictionary<string, string> options, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (options.TryGetValue(name, out var value) && value.Length > 0)
                return value;
        }
        return null;
    }

    private static ImmutableArray<string> Files(string file, Dictionary<string, string> options, params ReadOnlySpan<string> names)
    {
        var folder = System.IO.Path.GetDirectoryName(file)!;
        var list = (Value(options, names) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var name in list)
        {
            if (!File.Exists(System.IO.Path.Combine(folder, name)))
                throw new ScenarioException($"{file}: {names[0]} '{name}' does not exist. Paths count from the folder of the .sumocfg; correct it.");
        }
        return [.. list.Select(name => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name)))];
    }

    private static ImmutableArray<string> Programs(string? file) =>
        file is null ? []
        : File.Exists(file) ? [System.IO.Path.GetFullPath(file)]
        : throw new ScenarioException($"{file}: there is no such file of programmes. Write one with 'trafficai coordinate SCENARIO --out FILE'.");

    private static long? Time(string file, Dictionary<string, string> options, params ReadOnlySpan<string> names)
    {
        if (Value(options, names) is not { } text)
            return null;
        return SumoTime.TryParse(text, out var seconds) && seconds == Math.Floor(seconds) && Math.Abs(seconds) < 1e12
            ? (long)seconds
            : throw new ScenarioException($"{file}: {names[0]} '{text}' is not a whole second. Write seconds or hh:mm:ss.");
    }

    private static string AssumeEnd(string file, ImmutableArray<string> demand, long begin, out long end)
    {
        var departures = Departures.Read(demand);
        var last = departures.Vehicles.Select(v => v.ScheduledSeconds).Append(departures.LastFlowEndSeconds ?? double.NegativeInfinity).Max();
        if (!double.IsFinite(last) || last < begin)
            throw new ScenarioException($"{file}: names no end, and its routes do not tell when the last vehicle departs. "
                + "Give --end, or add <end value=\"…\"/> to its <time>.");
        end = Math.Min((long)Math.Ceiling(last) + ClearanceSeconds, begin + LongestAssumedWindowSeconds);
        return string.Create(CultureInfo.InvariantCulture,
            $"{file}: names no end; the run ends at {end} s ({ClearanceSeconds} s after the last departure, at most a day). Give --end to choose.");
    }

    private static string SignalsBeside(string file) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, SignalsFile.FileName);

    private static byte[] ReadBytes(string file, string what, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{file}: the {what} {path} cannot be read ({SumoFile.OneLine(e.Message)}). Check its rights.", e);
        }
    }
}
