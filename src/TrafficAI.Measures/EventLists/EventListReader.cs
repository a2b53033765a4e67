using System.Globalization;

namespace TrafficAI.Measures.EventLists;

/// <summary>Reads and writes lines of event lists: comma-separated, with the columns TimeStamp, DeviceId, EventId and Parameter.</summary>
public static class EventListReader
{
    public const string Header = "TimeStamp,DeviceId,EventId,Parameter";

    private static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFF", "yyyy-MM-ddTHH:mm:ss.FFFZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    /// <summary>Whether a line is the header.</summary>
    public static bool IsHeader(string line) => string.Equals(line.Trim().TrimStart('\uFEFF'), Header, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="error">What is wrong, in a few words; empty if nothing is.</param>
    public static bool TryRead(string line, out HighResolutionEvent read, out string error)
    {
        read = default;
        var fields = line.Split(',');
        if (fields.Length != 4) return Fail($"it has {fields.Length} fields, and not {Header}", out error);
        if (!DateTime.TryParseExact(fields[0].Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) || time.Year < 1970)
            return Fail($"'{Short(fields[0])}' is no time such as 2026-01-01 07:00:00.1", out error);
        if (fields[1].Trim() is not { Length: > 0 and <= 100 } device) return Fail("it names no device", out error);
        if (!TryNumber(fields[2], out var code)) return Fail($"'{Short(fields[2])}' is no event code, 0 to 65535", out error);
        if (!TryNumber(fields[3], out var parameter)) return Fail($"'{Short(fields[3])}' is no parameter, 0 to 65535", out error);
        (read, error) = (new((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond, device, code, parameter), "");
        return true;
    }

    /// <summary>The line of an event, without its end; the time in UTC.</summary>
    public static string Write(in HighResolutionEvent e) => string.Create(
        CultureInfo.InvariantCulture, $"{DateTime.UnixEpoch.AddMilliseconds(e.Milliseconds):yyyy-MM-dd HH:mm:ss.fff},{e.Device},{e.Code},{e.Parameter}");

    private static bool TryNumber(string text, out int number) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= ushort.MaxValue;

    private static string Short(string text) => text.Length <= 30 ? text : text[..30] + "…";

    private static bool Fail(string why, out string error)
    {
        error = why;
        return false;
    }
}
