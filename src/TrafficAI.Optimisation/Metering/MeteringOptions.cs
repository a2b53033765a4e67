using System.Globalization;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Metering;

/// <summary>How the edge of an oversaturated region is metered.</summary>
/// <param name="CriticalPercent">Load of the region that gates keep it below, <see cref="LeastCritical"/> to <see cref="MostCritical"/>: see <see cref="RegionLoad"/>.</param>
/// <param name="QueueLimitMetres">No gate holds a longer queue, <see cref="LeastLimit"/> to <see cref="MostLimit"/>: a longer one would not be seen. <see cref="IntersectionModel.QueueLimits"/> may ask for less.</param>
public readonly record struct MeteringOptions(int CriticalPercent, int QueueLimitMetres)
{
    public const int LeastCritical = 5;
    public const int MostCritical = 95;
    public const int LeastLimit = GroupPart.LeastQueueLimit;
    public const int MostLimit = GroupPart.MostQueueLimit;

    /// <summary>The queue limit where none is named.</summary>
    public const int UsualLimit = 150;

    /// <summary>What may be written.</summary>
    public static string Form { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"the critical load of the region in percent, {LeastCritical} to {MostCritical}, and the longest queue at a gate in metres, {LeastLimit} to {MostLimit}, such as 30:{UsualLimit}");

    /// <summary>Reads <c>CRITICAL</c> or <c>CRITICAL:LIMIT</c>.</summary>
    public static bool TryRead(string text, out MeteringOptions options)
    {
        options = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var limit = UsualLimit;
        if (!Number(colon < 0 ? text : text[..colon], out var critical) || (colon >= 0 && !Number(text[(colon + 1)..], out limit))) return false;
        if (critical is < LeastCritical or > MostCritical || limit is < LeastLimit or > MostLimit) return false;
        options = new(critical, limit);
        return true;
    }

    /// <summary>As <see cref="TryRead"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CriticalPercent}:{QueueLimitMetres}");

    private static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
