using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TrafficAI.EventLog;

/// <summary>An event of any stream: the hash over its events since the last digest, that digest included. It is compared as text, so
/// that not one byte of it can change unseen.</summary>
/// <param name="From">Revision of the first event that is covered; the last one is just before the digest.</param>
/// <param name="Sha256">See <see cref="StreamChain.Current"/>.</param>
public sealed record StreamDigested(long From, string Sha256)
{
    public const string EventType = "stream-digested.v1";

    /// <summary>JSON in UTF-8; the same values give the same bytes.</summary>
    public byte[] Encode() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"from":{{From}},"sha256":"{{Sha256}}"}"""));

    /// <returns>Null if the bytes are not exactly what <see cref="Encode"/> writes.</returns>
    public static StreamDigested? Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var found = new StreamDigested(json.RootElement.GetProperty("from").GetInt64(), json.RootElement.GetProperty("sha256").GetString()!);
            return bytes.Span.SequenceEqual(found.Encode()) ? found : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
