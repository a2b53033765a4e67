using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Runtime;

/// <summary>Bytes of the forecasts of a second as recorded. Where anybody is expected they have version 2, else version 1.</summary>
/// <remarks>Layout (v = variable-length unsigned, 7 bits a byte, low first): version · v second · v forecasts · each: v sender · v seconds that
/// it is old · v links · each: v vehicles entered, and in version 2: v seconds · of each, v hundredths of a vehicle expected. The receiver is the stream's.</remarks>
public static class ForecastCodec
{
    /// <summary>The event type of forecasts that tell only who has been counted.</summary>
    public const string EventType = "forecasts.v1";

    /// <summary>The event type of forecasts that tell who is expected, too.</summary>
    public const string ExpectedType = "forecasts.v2";

    private const byte Version = 1;
    private const byte ExpectedVersion = 2;
    private const int MostHundredths = 1_000_000;
    private const int MaximumItems = 1_000;

    public static string TypeOf(ImmutableArray<Forecast> forecasts) => Expects(forecasts) ? ExpectedType : EventType;

    public static ReadOnlyMemory<byte> Encode(long second, ImmutableArray<Forecast> forecasts)
    {
        var to = new ByteWriter();
        var expects = Expects(forecasts);
        to.Byte(expects ? ExpectedVersion : Version);
        to.Number((ulong)second);
        to.Number((ulong)forecasts.Length);
        foreach (var forecast in forecasts)
        {
            to.Number((ulong)forecast.From);
            to.Number((ulong)(second - forecast.Second));
            to.Number((ulong)forecast.Links.Length);
            foreach (var link in forecast.Links) Write(to, link, expects);
        }

        return to.Written;
    }

    /// <exception cref="RecordException">The bytes are no forecasts of a known version.</exception>
    public static (long Second, ImmutableArray<Forecast> Forecasts) Decode(ReadOnlyMemory<byte> bytes)
    {
        var from = new ByteReader(bytes.Span);
        var version = from.Byte();
        if (version is not (Version or ExpectedVersion))
            throw new RecordException($"forecasts of version {version}, but this build reads versions {Version} and {ExpectedVersion}. Use a newer build.");
        var second = (long)from.Number(long.MaxValue);
        var forecasts = new Forecast[from.Count(MaximumItems)];
        for (var i = 0; i < forecasts.Length; i++)
            forecasts[i] = new((int)from.Number(int.MaxValue), second - (long)from.Number((ulong)second), ReadLinks(ref from, version == ExpectedVersion));
        from.End();
        return (second, [.. forecasts]);
    }

    private static bool Expects(ImmutableArray<Forecast> forecasts)
    {
        foreach (var forecast in forecasts)
        {
            foreach (var link in forecast.Links)
            {
                if (!link.Expected.IsEmpty) return true;
            }
        }

        return false;
    }

    private static void Write(ByteWriter to, LinkForecast link, bool expects)
    {
        to.Number((ulong)link.Entered);
        if (!expects) return;
        to.Number((ulong)link.Expected.Length);
        foreach (var hundredths in link.Expected) to.Number((ulong)hundredths);
    }

    private static ImmutableArray<LinkForecast> ReadLinks(ref ByteReader from, bool expects)
    {
        var links = new LinkForecast[from.Count(MaximumItems)];
        for (var i = 0; i < links.Length; i++) links[i] = new((int)from.Number(LinkForecast.Modulus - 1), expects ? ReadExpected(ref from) : []);
        return [.. links];
    }

    private static ImmutableArray<int> ReadExpected(ref ByteReader from)
    {
        var expected = new int[from.Count(LinkForecast.MostExpected)];
        for (var i = 0; i < expected.Length; i++) expected[i] = (int)from.Number(MostHundredths);
        return [.. expected];
    }
}
