using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Metering;

namespace TrafficAI.Runtime;

/// <summary>Bytes of the forecasts of a second as recorded. Where load is told they have version 3, else version 2 where anybody is expected, else version 1.</summary>
/// <remarks>Layout (v = variable-length unsigned, 7 bits a byte, low first): version · v second · v forecasts · each: v sender · v seconds that
/// it is old · in version 3: v load in percent + 1, 0 for none told · v links · each: v vehicles entered, and from version 2 on: v seconds · of each, v hundredths of
/// a vehicle expected. The receiver is the stream's.</remarks>
public static class ForecastCodec
{
    /// <summary>The event type of forecasts that tell only who has been counted.</summary>
    public const string EventType = "forecasts.v1";

    /// <summary>The event type of forecasts that tell who is expected, too.</summary>
    public const string ExpectedType = "forecasts.v2";

    /// <summary>The event type of forecasts that tell how full the region is, too.</summary>
    public const string LoadedType = "forecasts.v3";

    private const byte Version = 1;
    private const byte ExpectedVersion = 2;
    private const byte LoadedVersion = 3;
    private const int MostHundredths = 1_000_000;
    private const int MaximumItems = 1_000;

    public static string TypeOf(ImmutableArray<Forecast> forecasts) => VersionOf(forecasts) switch
    {
        Version => EventType,
        ExpectedVersion => ExpectedType,
        _ => LoadedType,
    };

    public static ReadOnlyMemory<byte> Encode(long second, ImmutableArray<Forecast> forecasts)
    {
        var to = new ByteWriter();
        var version = VersionOf(forecasts);
        to.Byte(version);
        to.Number((ulong)second);
        to.Number((ulong)forecasts.Length);
        foreach (var forecast in forecasts)
        {
            to.Number((ulong)forecast.From);
            to.Number((ulong)(second - forecast.Second));
            if (version == LoadedVersion) to.Number(forecast.Load is { } load ? (ulong)load + 1 : 0);
            to.Number((ulong)forecast.Links.Length);
            foreach (var link in forecast.Links) Write(to, link, version >= ExpectedVersion);
        }

        return to.Written;
    }

    /// <exception cref="RecordException">The bytes are no forecasts of a known version.</exception>
    public static (long Second, ImmutableArray<Forecast> Forecasts) Decode(ReadOnlyMemory<byte> bytes)
    {
        var from = new ByteReader(bytes.Span);
        var version = from.Byte();
        if (version is < Version or > LoadedVersion)
            throw new RecordException($"forecasts of version {version}, but this build reads versions {Version} to {LoadedVersion}. Use a newer build.");
        var second = (long)from.Number(long.MaxValue);
        var forecasts = new Forecast[from.Count(MaximumItems)];
        for (var i = 0; i < forecasts.Length; i++) forecasts[i] = Read(ref from, second, version);
        from.End();
        return (second, [.. forecasts]);
    }

    private static byte VersionOf(ImmutableArray<Forecast> forecasts)
    {
        foreach (var forecast in forecasts)
        {
            if (forecast.Load is not null) return LoadedVersion;
        }

        return Expects(forecasts) ? ExpectedVersion : Version;
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

    private static Forecast Read(ref ByteReader from, long second, byte version)
    {
        var sender = (int)from.Number(int.MaxValue);
        var madeAt = second - (long)from.Number((ulong)second);
        var load = version == LoadedVersion ? (int)from.Number(RegionLoad.Full + 1) - 1 : -1;
        return new(sender, madeAt, ReadLinks(ref from, version >= ExpectedVersion), load < 0 ? null : load);
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
