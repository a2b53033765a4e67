namespace TrafficAI.Import;

/// <summary>A file or an order that cannot be imported. The message is one line: where, what, what next.</summary>
public sealed class ImportException(string message) : Exception(OneLine(message))
{
    private static string OneLine(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
