using System.Globalization;

namespace TrafficAI.Cli.WhatIf;

/// <summary>A what-if for people and as JSON.</summary>
internal static class WhatIfView
{
    public const string SchemaName = "trafficai.what-if.v1";

    public static string Text(WhatIfResult result) => string.Create(CultureInfo.InvariantCulture, $"""
        {result.Scenario}: {result.RecordedStrategy} as recorded and {result.OtherStrategy}, {StreetTime.Format(result.From)} to {StreetTime.Format(result.End)}, {result.Seeds.Average(seed => seed.Trips):0} vehicles reconstructed
                                {"recorded",12} {"again",12} {result.OtherStrategy,14}   difference (95 %)
          queue delay, s        {result.Recorded.DelayS,12:0.0} {result.Seeds.Average(seed => seed.Again.DelayS),12:0.0} {result.Seeds.Average(seed => seed.Other.DelayS),14:0.0}   {Difference(result, figures => figures.DelayS, "0.0")}
          passed stop lines     {result.Recorded.Served,12} {result.Seeds.Average(seed => (double)seed.Again.Served),12:0} {result.Seeds.Average(seed => (double)seed.Other.Served),14:0}   {Difference(result, figures => figures.Served, "0")}
        {Verdict(result)}

        """);

    public static object ToJson(WhatIfResult result)
    {
        var (delay, delayHalf) = result.Difference(figures => figures.DelayS);
        var (served, servedHalf) = result.Difference(figures => figures.Served);
        return new
        {
            Schema = SchemaName,
            result.Scenario,
            result.RecordedStrategy,
            result.OtherStrategy,
            result.From,
            result.End,
            result.Recorded,
            result.Seeds,
            DelayDifferenceS = delay,
            DelayDifferenceHalfWidth95S = Finite(delayHalf),
            ServedDifference = served,
            ServedDifferenceHalfWidth95 = Finite(servedHalf),
            result.DelayError,
            result.ServedError,
            Reliable = result.IsReliable,
        };
    }

    private static string Verdict(WhatIfResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{(result.IsReliable ? "reliable" : "not reliable")}: the recorded strategy on the reconstructed demand has {result.DelayError * 100:+0.0;-0.0;0.0} % of the recorded delay "
        + $"and {result.ServedError * 100:+0.0;-0.0;0.0} % of the recorded flow (allowed: {WhatIfResult.MostDelayError * 100:0} % and {WhatIfResult.MostServedError * 100:0} %)");

    private static string Difference(WhatIfResult result, Func<WhatIfFigures, double> figure, string format)
    {
        var (mean, half) = result.Difference(figure);
        var text = mean.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture);
        return double.IsNaN(half) ? text : $"{text} ± {half.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static double? Finite(double value) => double.IsNaN(value) ? null : value;
}
