using System.Text;

namespace TrafficAI.Network;

/// <summary>Makes the one-line errors of a file: file, line, what is wrong, what next.</summary>
internal sealed class FileErrors(string file)
{
    private const int LongestWord = 60;

    /// <param name="line">From 1; 0 where the error has no line.</param>
    /// <param name="what">What is wrong, without a full stop.</param>
    /// <param name="next">What to do about it, without a full stop.</param>
    public NetworkException At(int line, string what, string next, Exception? inner = null) =>
        new(OneLine($"{file}, line {Math.Max(line, 1)}: {what}. {next}."), inner);

    /// <summary>A word of the file as an error shows it: in quotes, shortened if long.</summary>
    public static string Quote(string word) => word.Length <= LongestWord ? $"'{word}'" : $"'{word.AsSpan(0, LongestWord)}…'";

    private static string OneLine(string message)
    {
        var line = new StringBuilder(message.Length);
        foreach (var character in message)
            line.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        return line.ToString();
    }
}
