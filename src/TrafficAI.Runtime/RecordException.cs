namespace TrafficAI.Runtime;

/// <summary>A recorded event that cannot be read, or a log that cannot be used. The message is one line, whatever it quotes.</summary>
public sealed class RecordException(string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    private static string OneLine(string message) => string.Concat(message.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
