using System.Globalization;

namespace TrafficAI.Measures.EventLists;

/// <summary>Reads and writes lines that say what detector channels are: the columns DeviceId, Phase, Parameter (the channel) and Function, then Lane, TravelSeconds and LengthMetres.</summary>
public static class ChannelListReader
{
    public const string Header = "DeviceId,Phase,Parameter,Function,Lane,TravelSeconds,LengthMetres";

    public static bool IsHeader(string line) => string.Equals(line.Trim().TrimStart('\uFEFF'), Header, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a line. A channel of several phases has a line for each; an exit has phase 0.</summary>
    /// <param name="error">What is wrong, in a few words; empty if nothing is.</param>
    public static bool TryRead(string line, out EventChannel? read, out string error)
    {
        (read, error) = (null, "");
        var fields = line.Split(',');
        if (fields.Length != 7) error = $"it has {fields.Length} fields, and not {Header}";
        else if (fields[0].Trim() is not { Length: > 0 } device) error = "it names no device";
        else if (!int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var phase)) error = "its phase is no number";
        else if (!int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var channel)) error = "its channel is no number";
        else if (!TryRead(fields[3].Trim(), out var function)) error = "its function is none of Presence, Count, Advance and Exit";
        else if (!TryRead(fields[5], 600, out var travel)) error = "its travel time is not 0 to 600 s";
        else if (!TryRead(fields[6], 100, out var length)) error = "its length is not 0 to 100 m";
        else read = new(device, channel, function, phase == 0 ? [] : [phase], fields[4].Trim(), (int)Math.Round(travel * 1000), length);
        return read is not null;
    }

    /// <summary>The lines of a channel.</summary>
    public static IEnumerable<string> Write(EventChannel channel) => (channel.Phases.IsEmpty ? [0] : channel.Phases).Select(phase => string.Create(
        CultureInfo.InvariantCulture, $"{channel.Device},{phase},{channel.Channel},{channel.Function},{channel.Lane},{channel.TravelMilliseconds / 1000.0},{channel.LengthMetres}"));

    private static bool TryRead(string text, out ChannelFunction function)
    {
        foreach (var known in Enum.GetValues<ChannelFunction>())
        {
            function = known;
            if (string.Equals(text, known.ToString(), StringComparison.OrdinalIgnoreCase)) return true;
        }

        function = default;
        return false;
    }

    private static bool TryRead(string text, double most, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value >= 0 && value <= most;
}
