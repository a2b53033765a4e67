using System.Globalization;
using System.Text;

namespace TrafficAI.EventLog.Writer;

/// <summary>What the writer writes: events whose content follows from their place, dealt to the streams in turn.</summary>
public static class Script
{
    public const int Streams = 3;

    public static string StreamName(int stream) => string.Create(CultureInfo.InvariantCulture, $"inputs-{stream}");

    /// <summary>The event at a revision of a stream; 20 to 5000 bytes, so that some spill over a page of the file.</summary>
    public static EventData EventAt(int stream, long revision)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{stream}:{revision}:");
        var payload = Encoding.ASCII.GetBytes(text.PadRight(20 + (int)(revision * 7919 % 4981), '.'));
        return new(StreamIds.Derive(StreamName(stream), revision), "frame.v1", payload);
    }
}
