using System.Globalization;
using System.Text.RegularExpressions;
using TrafficAI.FieldBus;

namespace TrafficAI.Benchmarks.Field;

/// <summary>The line in which a process says how long its answers took.</summary>
internal static partial class AnswerLine
{
    public static string Of(Percentiles times) => string.Create(
        CultureInfo.InvariantCulture,
        $"answers {times.Count}: half within {times.At(0.5).TotalMilliseconds:0.000} ms, 99 % within {times.At(0.99).TotalMilliseconds:0.000} ms, all within {times.Longest.TotalMilliseconds:0.000} ms");

    /// <summary>Count, and milliseconds of the half, of 99 % and of the longest.</summary>
    public static (long Count, double Half, double NinetyNine, double All) Read(string output)
    {
        var found = Line().Match(output);
        if (!found.Success) throw new InvalidOperationException($"no answer times in: {output}");
        double Number(int group) => double.Parse(found.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        return ((long)Number(1), Number(2), Number(3), Number(4));
    }

    [GeneratedRegex("answers +([0-9]+): half within ([0-9.]+) ms, 99 % within ([0-9.]+) ms, all within ([0-9.]+) ms")]
    private static partial Regex Line();
}
