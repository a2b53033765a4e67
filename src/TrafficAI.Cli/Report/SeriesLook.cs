namespace TrafficAI.Cli.Report;

/// <summary>How one strategy is drawn everywhere on the page: colour, dashes and marker, so that colour alone never tells.</summary>
/// <param name="Index">Its place in the comparison.</param>
public readonly record struct SeriesLook(int Index)
{
    private const double Size = 4;

    private static readonly string[] Dashes = ["none", "7 3", "2 2.5", "10 3 2 3", "4 2", "12 4"];

    /// <summary>Sets the colour (CSS <c>color</c>, used as <c>currentColor</c>).</summary>
    public string Class => $"s{Index % Dashes.Length}";

    /// <summary>SVG <c>stroke-dasharray</c>; the strategies after the reference differ from it by dashes.</summary>
    public string Dash => Dashes[Index % Dashes.Length];

    /// <summary>The marker: circle, square, triangle or diamond.</summary>
    public Markup Marker(double x, double y, Markup inside) => (Index % 4) switch
    {
        0 => Markup.Of($"<circle cx='{x}' cy='{y}' r='{Size}'>{inside}</circle>"),
        1 => Markup.Of($"<rect x='{x - Size + .5}' y='{y - Size + .5}' width='{2 * Size - 1}' height='{2 * Size - 1}'>{inside}</rect>"),
        2 => Markup.Of($"<path d='M{x} {y - Size - .5}L{x + Size + .5} {y + Size - .5}H{x - Size - .5}Z'>{inside}</path>"),
        _ => Markup.Of($"<path d='M{x} {y - Size - 1}L{x + Size + 1} {y}L{x} {y + Size + 1}L{x - Size - 1} {y}Z'>{inside}</path>"),
    };

    /// <summary>A short piece of its line with its marker.</summary>
    public Markup Swatch() => Markup.Of(
        $"<svg class='swatch {Class}' width='34' height='14' viewBox='0 0 34 14' aria-hidden='true'><path class='line' d='M1 7H33' "
        + $"stroke-dasharray='{Dash}'/>{Marker(17, 7, Markup.Nothing)}</svg>");
}
