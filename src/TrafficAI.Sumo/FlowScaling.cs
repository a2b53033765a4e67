using System.Globalization;
using System.Xml.Linq;

namespace TrafficAI.Sumo;

/// <summary>More or fewer vehicles of a SUMO <c>flow</c>: its rate times a factor, however the rate is given.</summary>
internal static class FlowScaling
{
    private const string Exponential = "exp(";

    /// <param name="factor">More than 0.</param>
    /// <param name="scenario">For the error.</param>
    /// <exception cref="ScenarioException">It would be drawn with a chance of more than 1 a second, or its rate is not a number.</exception>
    public static void Apply(XElement flow, double factor, string scenario)
    {
        if (flow.Attribute("period") is { } period)
            period.Value = Period(flow, period.Value, factor, scenario);
        foreach (var name in new[] { "probability", "vehsPerHour", "perHour" })
            Multiply(flow, name, factor, scenario);
        if (flow.Attribute("number") is { } number)
            number.Value = Math.Round(Number(flow, number.Value, scenario) * factor).ToString(CultureInfo.InvariantCulture);
        if (flow.Attribute("probability") is { } chance && Number(flow, chance.Value, scenario) > 1)
            throw new ScenarioException($"{scenario}: {Named(flow)} would be drawn with a chance of {chance.Value} a second. Split it into two flows, or give a smaller --scale.");
    }

    private static void Multiply(XElement flow, string name, double factor, string scenario)
    {
        if (flow.Attribute(name) is { } rate)
            rate.Value = Text(Number(flow, rate.Value, scenario) * factor);
    }

    private static string Period(XElement flow, string text, double factor, string scenario) => text.StartsWith(Exponential, StringComparison.Ordinal)
        ? $"{Exponential}{Text(Number(flow, text[Exponential.Length..].TrimEnd(')'), scenario) * factor)})"
        : Text(Number(flow, text, scenario) / factor);

    private static double Number(XElement flow, string text, string scenario) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw new ScenarioException($"{scenario}: {Named(flow)} has the rate '{text}', which is no number. Correct it in the route file.");

    private static string Named(XElement flow) => $"flow '{flow.Attribute("id")?.Value}'";

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
