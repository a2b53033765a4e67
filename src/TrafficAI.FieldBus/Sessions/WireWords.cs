using System.Text;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>Words of the contract as people read them: <c>older-epoch</c>.</summary>
internal static class WireWords
{
    public static string Of(Enum word)
    {
        var text = new StringBuilder();
        foreach (var letter in word.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
