using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace TrafficAI.Signals;

/// <summary>Opens a JSON file of ours: UTF-8, of bounded size and depth.</summary>
public static class JsonRoot
{
    private const int MostBytes = 16 << 20;
    private const int DeepestValue = 8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the file from its root on.</summary>
    /// <param name="content">Its bytes: JSON in UTF-8.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <param name="read">Makes something of the root, which is valid only meanwhile.</param>
    /// <exception cref="SignalsException">It is no such file. The message is one line: file, place, what is wrong, what next.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> content, string name, Func<JsonPlace, T> read)
    {
        if (content.Length > MostBytes) throw Whole(name, $"it has {content.Length} bytes, more than {MostBytes}", "Leave out what is not about these signals");
        if (!Utf8.IsValid(content.Span)) throw Whole(name, "it is not UTF-8", "Save it as UTF-8");
        if (content.Span.StartsWith(ByteOrderMark)) content = content[ByteOrderMark.Length..];
        try
        {
            using var json = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = DeepestValue });
            return read(new($"{name}: $", json.RootElement));
        }
        catch (JsonException e)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}");
            throw Whole(name, $"{line} is not readable as JSON ({Reason(e)})", "Mend it with an editor that knows JSON");
        }
    }

    private static SignalsException Whole(string name, string what, string next) => new(JsonPlace.OneLine($"{name}: $: {what}. {next}."));

    /// <summary>The message without the place, which has been named.</summary>
    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end > 0 ? e.Message[..end] : e.Message).TrimEnd('.');
    }
}
