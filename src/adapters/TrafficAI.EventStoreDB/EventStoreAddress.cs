using System.Globalization;
using System.Text.RegularExpressions;
using EventStore.Client;
using TrafficAI.EventLog;

namespace TrafficAI.EventStoreDB;

/// <summary>Where a log is: <c>esdb://[user:password@]host[:port][,host…]/LOG[?options]</c>, or <c>esdb+discover://</c>. One server holds many logs: the name of each
/// stands before the names of its streams. <c>retain=PREFIX:DAYS</c> has the server drop events of streams with that prefix after so many days; all other options are
/// those of the client's connection string, such as <c>tls=false</c> and <c>tlsCaFile=FILE</c>.</summary>
/// <param name="Log">Letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Connection">The client's connection string.</param>
/// <param name="Retained">Prefix of the streams whose events are dropped; null for none.</param>
/// <param name="Retention">After how long.</param>
internal sealed partial record EventStoreAddress(string Log, string Connection, string? Retained, TimeSpan Retention)
{
    private const int MostDays = 10_000;

    /// <exception cref="EventLogException">It is no such address.</exception>
    public static EventStoreAddress Parse(string uri)
    {
        if (Form().Match(uri) is not { Success: true } parts)
            throw new EventLogException("a log in EventStoreDB is esdb://[user:password@]host[:port]/LOG[?options]; LOG has letters, digits, _ and -");
        var options = parts.Groups["options"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries).ToLookup(option => option.StartsWith("retain=", StringComparison.Ordinal));
        var (prefix, days) = options[true].LastOrDefault() is { } retain ? ReadRetention(uri, retain["retain=".Length..]) : (null, 0);
        var others = string.Join('&', options[false]);
        return new(parts.Groups["log"].Value, parts.Groups["server"].Value + (others.Length == 0 ? "" : $"?{others}"), prefix, TimeSpan.FromDays(days));
    }

    /// <summary>What the client makes of it.</summary>
    /// <exception cref="EventLogException">An option is not known to it.</exception>
    public EventStoreClientSettings Settings()
    {
        try
        {
            return EventStoreClientSettings.Create(Connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or ConnectionStringParseException)
        {
            throw new EventLogException($"{this}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>One that shows no password and no options.</summary>
    public override string ToString() => $"esdb://{Server().Match(Connection).Groups[1].Value}/{Log}";

    private static (string Prefix, int Days) ReadRetention(string uri, string text) =>
        text.LastIndexOf(':') is var colon and > 0
        && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays
            ? (Uri.UnescapeDataString(text[..colon]), days)
            : throw new EventLogException($"{Form().Replace(uri, "esdb:…/${log}")}: retain={text}: give a prefix of stream names and days, such as retain=inputs-:90");

    [GeneratedRegex(@"^(?<server>esdb(\+discover)?://[^/?]+)/(?<log>[A-Za-z0-9_-]+)(\?(?<options>.*))?$")]
    private static partial Regex Form();

    [GeneratedRegex(@"://(?:[^@]*@)?([^?]*)")]
    private static partial Regex Server();
}
