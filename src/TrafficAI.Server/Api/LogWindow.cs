using System.Globalization;
using TrafficAI.Runtime.Explain;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Api;

/// <summary>Checks what requests name: intersections, street seconds.</summary>
public sealed class LogWindow(LiveModel live)
{
    private ServedLog Served => live.Served;

    /// <summary>First street second of the run.</summary>
    public long Begin => Served.Header.Begin;

    /// <summary>The last street second known; the begin where nothing is.</summary>
    public long End => live.Ask(view => view.Second) ?? Begin;

    /// <exception cref="ApiException">There is no such intersection.</exception>
    public int Intersection(string id)
    {
        var index = Served.IndexOf(id);
        if (index >= 0) return index;
        var some = string.Join(", ", Served.Site.Models.Take(3).Select(model => $"'{model.Signals.Id}'"));
        throw ApiException.NotFound($"The site has no intersection '{Shortened(id)}'.", $"Name one of /api/v1/intersections, such as {some}.");
    }

    /// <summary>A street second of the log.</summary>
    /// <param name="name">Of the parameter.</param>
    /// <exception cref="ApiException">It is outside the log.</exception>
    public long Second(string name, long second)
    {
        var (begin, end) = (Begin, End);
        return second >= begin && second <= end
            ? second
            : throw ApiException.BadInput(Invariant($"{name}={second} is outside the log, which holds {begin} to {end}."), $"Choose a second within; /api/v1/site tells begin and end.");
    }

    /// <summary>What the log holds of a span; all of it where nothing is named.</summary>
    /// <exception cref="ApiException">That is nothing, or the span ends before it begins.</exception>
    public (long From, long To) Span(long? from, long? to)
    {
        var (begin, end) = (Begin, End);
        if (from > to) throw ApiException.BadInput(Invariant($"from={from} is later than to={to}."), "Exchange them.");
        return from > end || to < begin
            ? throw ApiException.BadInput(Invariant($"from={from}, to={to} is outside the log, which holds {begin} to {end}."), "Choose a span within; /api/v1/site tells begin and end.")
            : (Math.Max(from ?? begin, begin), Math.Min(to ?? end, end));
    }

    /// <summary>A number in its range.</summary>
    /// <exception cref="ApiException">It is outside.</exception>
    public static T InRange<T>(string name, T value, T least, T most)
        where T : IComparable<T>, IFormattable => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
        ? value
        : throw ApiException.BadInput(Invariant($"{name}={value} is outside {least} to {most}."), $"Choose a value within.");

    /// <summary>A language; the default where none is named.</summary>
    /// <exception cref="ApiException">There is no such language.</exception>
    public static Language LanguageOf(string? code) => Language.Of(code ?? Language.All[0].Code)
        ?? throw ApiException.BadInput($"There is no language '{Shortened(code!)}'.", $"Choose one of {string.Join(", ", Language.All.Select(l => l.Code))}.");

    /// <summary>At most so much of what somebody has sent is said again.</summary>
    public static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
