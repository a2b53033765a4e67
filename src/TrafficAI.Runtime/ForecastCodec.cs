using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Runtime;

/// <summary>Bytes of the forecasts of a second as recorded.</summary>
/// <remarks>Layout (v = variable-length unsigned, 7 bits a byte, low first): version · v second · v forecasts · each: v sender · v seconds that
/// it is old · v links · each: v vehicles entered. The receiver is the stream's.</remarks>
public static class ForecastCodec
{
    /// <summary>The event type under which forecasts are recorded.</summary>
    public const string EventType = "forecasts.v1";

    private const byte Version = 1;
    private const int MaximumItems = 1_000;

    public static ReadOnlyMemory<byte> Encode(long second, ImmutableArray<Forecast> forecasts)
    {
        var to = new ByteWriter();
        to.Byte(Version);
        to.Number((ulong)second);
        to.Number((ulong)forecasts.Length);
        foreach (var forecast in forecasts)
        {
            to.Number((ulong)forecast.From);
            to.Number((ulong)(second - forecast.Second));
            to.Number((ulong)forecast.Links.Length);
            foreach (var link in forecast.Links) to.Number((ulong)link.Entered);
        }

        return to.Written;
    }

    /// <exception cref="RecordException">The bytes are no forecasts of a known version.</exception>
    public static (long Second, ImmutableArray<Forecast> Forecasts) Decode(ReadOnlyMemory<byte> bytes)
    {
        var from = new ByteReader(bytes.Span);
        var version = from.Byte();
        if (version != Version) throw new RecordException($"forecasts of version {version}, but this build reads version {Version}. Use a newer build.");
        var second = (long)from.Number(long.MaxValue);
        var forecasts = new Forecast[from.Count(MaximumItems)];
        for (var i = 0; i < forecasts.Length; i++)
            forecasts[i] = new((int)from.Number(int.MaxValue), second - (long)from.Number((ulong)second), ReadLinks(ref from));
        from.End();
        return (second, [.. forecasts]);
    }

    private static ImmutableArray<LinkForecast> ReadLinks(ref ByteReader from)
    {
        var links = new LinkForecast[from.Count(MaximumItems)];
        for (var i = 0; i < links.Length; i++) links[i] = new((int)from.Number(LinkForecast.Modulus - 1));
        return [.. links];
    }
}
