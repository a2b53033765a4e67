using System.Globalization;

namespace TrafficAI.Metrics;

/// <summary>Where metrics go: <c>influxdb://host[:port]/database?v=1[&amp;user=NAME&amp;passwordFile=FILE]</c> or
/// <c>influxdb://host[:port]?v=2&amp;org=ORG&amp;bucket=BUCKET&amp;tokenFile=FILE</c>; <c>influxdbs</c> with TLS. A password or token never stands in it.</summary>
public sealed record MetricsAddress
{
    /// <summary>Holds the token where no file is named.</summary>
    public const string TokenVariable = "TRAFFICAI_METRICS_TOKEN";

    /// <summary>Holds the password where no file is named.</summary>
    public const string PasswordVariable = "TRAFFICAI_METRICS_PASSWORD";

    private const int DefaultMegabytes = 64;
    private const int MostMegabytes = 1 << 20;
    private const string Form = "metrics go to influxdb://host[:port]/database?v=1 or influxdb://host[:port]?v=2&org=ORG&bucket=BUCKET, influxdbs: with TLS";

    private MetricsAddress(string shown, Uri write, string? scheme, string? secret, string? folder, long bytes, MetricsWay way) =>
        (Shown, Write, AuthorizationScheme, Secret, Buffer, BufferBytes, Way) = (shown, write, scheme, secret, folder, bytes, way);

    /// <summary>Folder for what waits; null where none is named.</summary>
    public string? Buffer { get; }

    /// <summary>The most that waits, in bytes.</summary>
    public long BufferBytes { get; }

    /// <summary>Which way to the store was asked for.</summary>
    public MetricsWay Way { get; }

    /// <summary>Where a store of version 2 keeps what is written; null for version 1.</summary>
    public MetricsBucket? Bucket { get; private init; }

    /// <summary>Where lines are posted.</summary>
    internal Uri Write { get; }

    internal string? AuthorizationScheme { get; }

    internal string? Secret { get; }

    private string Shown { get; }

    /// <summary>One that shows no user and no secret.</summary>
    public override string ToString() => Shown;

    /// <param name="text">The address.</param>
    /// <param name="variable">Reads a variable of the environment; null where it is not set.</param>
    /// <exception cref="MetricsException">It is no such address, or a file cannot be read.</exception>
    public static MetricsAddress Parse(string text, Func<string, string?> variable)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("influxdb" or "influxdbs") || uri.Host.Length == 0) throw new MetricsException($"{Form}.");
        if (uri.UserInfo.Length > 0) throw new MetricsException($"metrics at {uri.Host}: no user or password stands before the host, where others could read it. Write ?user=NAME&passwordFile=FILE.");
        var options = Options(uri);
        var (folder, bytes) = (options.GetValueOrDefault("buffer"), Megabytes(uri, options) << 20);
        var way = WayOf(uri, options);
        return options.GetValueOrDefault("v", "1") switch
        {
            "1" when way == MetricsWay.Client => throw new MetricsException($"metrics at {uri.Host}: InfluxDB.Client writes to version 2 only. Write v=2 with org and bucket, or via=http."),
            "1" => First(uri, options, variable, folder, bytes),
            "2" => Second(uri, options, variable, folder, bytes, way),
            var other => throw new MetricsException($"metrics at {uri.Host}: there is no version '{other}'. Write v=1 or v=2."),
        };
    }

    private static MetricsAddress First(Uri uri, Dictionary<string, string> options, Func<string, string?> variable, string? folder, long bytes)
    {
        var database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        if (database.Length == 0) throw new MetricsException($"metrics at {uri.Host}: the database is missing. Write {uri.Scheme}://{uri.Host}/DATABASE?v=1.");
        Refuse(uri, options, "org", "bucket", "tokenFile");
        var secret = options.GetValueOrDefault("user") is { } user ? Basic(user, Read(uri, options, "passwordFile", variable, PasswordVariable) ?? "") : null;
        return new($"{Server(uri)}/{database}?v=1", new($"{Base(uri)}/write?db={Uri.EscapeDataString(database)}&precision=s"), "Basic", secret, folder, bytes, MetricsWay.Http);
    }

    private static MetricsAddress Second(Uri uri, Dictionary<string, string> options, Func<string, string?> variable, string? folder, long bytes, MetricsWay way)
    {
        Refuse(uri, options, "user", "passwordFile");
        if (!options.TryGetValue("org", out var org) || !options.TryGetValue("bucket", out var bucket))
            throw new MetricsException($"metrics at {uri.Host}: 'org' or 'bucket' is missing. Write {uri.Scheme}://{uri.Host}?v=2&org=ORG&bucket=BUCKET.");
        var query = $"org={Uri.EscapeDataString(org)}&bucket={Uri.EscapeDataString(bucket)}";
        return new(
            $"{Server(uri)}?v=2&{query}", new($"{Base(uri)}/api/v2/write?{query}&precision=s"), "Token", Read(uri, options, "tokenFile", variable, TokenVariable), folder, bytes, way)
        {
            Bucket = new(new(Base(uri)), org, bucket),
        };
    }

    private static Dictionary<string, string> Options(Uri uri)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [("v" or "user" or "passwordFile" or "org" or "bucket" or "tokenFile" or "buffer" or "bufferMegabytes" or "via") and var name, var value])
                throw new MetricsException($"metrics at {uri.Host}: no option '{pair.Split('=')[0]}'. There are v, user, passwordFile, org, bucket, tokenFile, buffer, bufferMegabytes and via.");
            options[name] = Uri.UnescapeDataString(value);
        }

        return options;
    }

    private static MetricsWay WayOf(Uri uri, Dictionary<string, string> options) => options.GetValueOrDefault("via") switch
    {
        null => MetricsWay.Either,
        "http" => MetricsWay.Http,
        "client" => MetricsWay.Client,
        var other => throw new MetricsException($"metrics at {uri.Host}: there is no way '{other}'. Write via=http, via=client, or neither."),
    };

    private static void Refuse(Uri uri, Dictionary<string, string> options, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (options.ContainsKey(name)) throw new MetricsException($"metrics at {uri.Host}: '{name}' belongs to the other version. Write v=1 with a database, user and passwordFile, or v=2 with org, bucket and tokenFile.");
        }
    }

    private static long Megabytes(Uri uri, Dictionary<string, string> options)
    {
        if (!options.TryGetValue("bufferMegabytes", out var text)) return DefaultMegabytes;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes is >= 1 and <= MostMegabytes
            ? megabytes
            : throw new MetricsException(string.Create(CultureInfo.InvariantCulture, $"metrics at {uri.Host}: bufferMegabytes is a whole number from 1 to {MostMegabytes}."));
    }

    private static string? Read(Uri uri, Dictionary<string, string> options, string option, Func<string, string?> variable, string name)
    {
        if (!options.TryGetValue(option, out var file)) return variable(name);
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MetricsException($"metrics at {uri.Host}: {option} '{file}' cannot be read. Check the path and its owner, or set {name} in the environment.");
        }
    }

    private static string Basic(string user, string password) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static string Server(Uri uri) => string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{uri.Host}:{PortOf(uri)}");

    private static string Base(Uri uri) => string.Create(CultureInfo.InvariantCulture, $"{(uri.Scheme == "influxdbs" ? "https" : "http")}://{uri.Host}:{PortOf(uri)}");

    private static int PortOf(Uri uri) => uri.Port > 0 ? uri.Port : 8086;
}
