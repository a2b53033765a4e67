using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>Figures as people read them.</summary>
public static class Words
{
    private const string Minus = "\u2212";

    /// <summary>One decimal; "not computable" for null.</summary>
    public static string Number(double? value, string format = "0.0") => value is { } v ? ProperMinus(v, format) : "not computable";

    /// <summary>One decimal with its sign; what is rounded to 0 has none.</summary>
    public static string WithSign(double value, string format = "0.0")
    {
        var text = Number(Math.Abs(value), format);
        return text == Number(0, format) ? text : (value < 0 ? Minus : "+") + text;
    }

    /// <summary>A share, 0 to 1, in percent.</summary>
    public static string Percent(double? share) => share is { } s ? ProperMinus(100 * s, "0.0") + " %" : "not computable";

    /// <summary>A change as a share, in whole percent with its sign.</summary>
    public static string WholePercent(double change) => WithSign(100 * change, "0") + " %";

    /// <summary>HH:MM of a street second, with seconds where it is no whole minute.</summary>
    public static string Clock(long second) => second % 60 == 0 ? StreetTime.Format(second)[..^3] : StreetTime.Format(second);

    /// <summary>Seeds in the form of <c>--seeds</c>.</summary>
    public static string Seeds(IReadOnlyList<long> rising)
    {
        var parts = new List<string>();
        for (var i = 0; i < rising.Count; i++)
        {
            var first = i;
            while (i + 1 < rising.Count && rising[i + 1] == rising[i] + 1) i++;
            parts.Add(i == first ? Text(rising[i]) : $"{Text(rising[first])}{(i == first + 1 ? ", " : "\u2013")}{Text(rising[i])}");
        }

        return string.Join(", ", parts);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string ProperMinus(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).Replace("-", Minus, StringComparison.Ordinal);
}
