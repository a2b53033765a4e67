namespace TrafficAI.Optimisation;

/// <summary>Parts of the adaptive control as the command line and the run header write them: <c>rollout,box</c>.</summary>
public static class AdaptivePartsText
{
    /// <summary>All that can be left out, in the order of their bits.</summary>
    public static readonly string[] Names = [.. Enum.GetNames<AdaptiveParts>().Skip(1).Select(n => n.ToLowerInvariant())];

    /// <returns>The parts, empty for none.</returns>
    public static string Write(AdaptiveParts parts) =>
        string.Join(',', Names.Where((_, i) => parts.HasFlag((AdaptiveParts)(1 << i))));

    /// <param name="text">Names with commas between; empty for none.</param>
    /// <returns>False when one is no part.</returns>
    public static bool TryRead(string text, out AdaptiveParts parts)
    {
        parts = AdaptiveParts.None;
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = Array.IndexOf(Names, name);
            if (at < 0) return false;
            parts |= (AdaptiveParts)(1 << at);
        }

        return true;
    }
}
