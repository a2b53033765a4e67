using System.Globalization;
using System.Text.RegularExpressions;

namespace TrafficAI.Server.Tests;

/// <summary>One value of a family.</summary>
internal sealed record Sample(IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>Values of one name.</summary>
internal sealed record Family(string Type, List<Sample> Samples);

/// <summary>Reads the text format of Prometheus strictly: a family's help and type before its values, in one place, each series once.</summary>
internal static partial class PrometheusReader
{
    /// <exception cref="FormatException">It is not in the format; the line is named.</exception>
    public static Dictionary<string, Family> Read(string text)
    {
        var families = new Dictionary<string, Family>(StringComparer.Ordinal);
        string? helped = null, current = null;
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                helped = line.Split(' ')[2];
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                if (words is not [_, _, var name, "counter" or "gauge"] || name != helped || !families.TryAdd(name, new(words[3], []))) throw new FormatException(line);
                current = name;
            }
            else
            {
                var match = Line().Match(line);
                if (!match.Success || match.Groups[1].Value != current) throw new FormatException(line);
                var labels = Label().Matches(match.Groups[2].Value).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
                if (families[current].Samples.Any(s => s.Labels.Count == labels.Count && s.Labels.All(l => labels.GetValueOrDefault(l.Key) == l.Value))) throw new FormatException("twice: " + line);
                families[current].Samples.Add(new(labels, double.Parse(match.Groups[3].Value, NumberStyles.Float, CultureInfo.InvariantCulture)));
            }
        }

        return families;
    }

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (\S+)$""")]
    private static partial Regex Line();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)",?""")]
    private static partial Regex Label();
}
