using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace TrafficAI.Fuzz;

/// <summary>Damages good inputs: bytes, words between quotes, JSON tokens, lengths. The same chance gives the same damage.</summary>
internal static partial class Mutation
{
    private static readonly string[] OddWords =
    [
        "", " ", "-1", "0", "1e308", "-1e308", "1e-308", "NaN", "Infinity", "2147483647", "-2147483648", "99999999999",
        ":", "_", ":_", ":_0", ",", ",,", "0,0 0,0", "\u0416",
    ];

    private static readonly string[] OddTokens =
    [
        "null", "true", "-1", "0", "1", "7", "30", "2147483647", "-2147483648", "1e999", "1e-999", "0.5", "9007199254740993", "\"\"", "\"\\ud800\"", "\"\\u0000\"",
        "\"kz\"", "\"programme\"", "\"2026-02-29\"", "[]", "{}", "[[[[[[[[[]]]]]]]]]", "{\"a\":1,\"a\":1}", "[", "]", "{", "}", ",", ":", "\"", "//", "\u0416",
    ];

    private static readonly int[] OddLengths = [int.MaxValue, int.MinValue, -1, 0, 1, 255, 256, 65_535, 1 << 29];

    /// <summary>Up to five edits: a byte, a bit, a piece cut out or repeated, a letter of numbers and markup.</summary>
    public static byte[] Bytes(byte[] good, Random chance)
    {
        var bytes = good.ToList();
        for (var edits = chance.Next(1, 6); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = chance.Next(bytes.Count);
            var length = Math.Min(chance.Next(1, 60), bytes.Count - at);
            switch (chance.Next(6))
            {
                case 0: bytes[at] = (byte)chance.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << chance.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(chance.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 4: bytes[at] = (byte)"0123456789-.:_\"<>/ "[chance.Next(19)]; break;
                default:
                    if (chance.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Some bytes of any kind.</summary>
    public static byte[] Noise(int most, Random chance)
    {
        var bytes = new byte[chance.Next(most)];
        chance.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A four-byte number somewhere becomes an odd one: what a length would become.</summary>
    public static byte[] Length(byte[] good, Random chance)
    {
        var bytes = (byte[])good.Clone();
        if (bytes.Length < 4) return bytes;
        var value = chance.Next(3) == 0 ? chance.Next() : OddLengths[chance.Next(OddLengths.Length)];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(chance.Next(bytes.Length - 3)), value);
        return bytes;
    }

    /// <summary>Up to three values between quotes become others of the text, or odd ones: well-formed XML with wrong words reaches farther
    /// than damaged bytes.</summary>
    public static byte[] QuotedWords(string text, Random chance)
    {
        var words = text.Split('"');
        for (var edits = chance.Next(1, 4); edits > 0; edits--)
        {
            // Every second piece stands between quotes: the value of an attribute.
            var (to, from) = (1 + 2 * chance.Next(words.Length / 2), 1 + 2 * chance.Next(words.Length / 2));
            words[to] = chance.Next(8) == 0 ? OddWords[chance.Next(OddWords.Length)] : words[from];
        }

        return Encoding.UTF8.GetBytes(string.Join('"', words));
    }

    /// <summary>Up to four tokens of a JSON text become others, are doubled, dropped or exchanged.</summary>
    public static byte[] JsonTokens(string text, Random chance)
    {
        var tokens = JsonToken().Matches(text).Select(match => match.Value).ToList();
        var keepsForm = chance.Next(2) == 0;
        for (var edits = chance.Next(1, 5); edits > 0 && tokens.Count > 1; edits--)
        {
            var (at, other) = (chance.Next(tokens.Count), chance.Next(tokens.Count));
            switch (keepsForm ? 4 : chance.Next(7))
            {
                case 0: tokens[at] = OddTokens[chance.Next(OddTokens.Length)]; break;
                case 1: tokens.RemoveAt(at); break;
                case 2: tokens.InsertRange(at, tokens.GetRange(other, Math.Min(chance.Next(1, 30), tokens.Count - other))); break;
                case 3: (tokens[at], tokens[other]) = (tokens[other], tokens[at]); break;
                default: ReplaceByItsKind(tokens, at, chance); break;
            }
        }

        return Encoding.UTF8.GetBytes(string.Concat(tokens));
    }

    /// <summary>A number becomes a small number, a text another text of the file, so that the rest still is JSON.</summary>
    private static void ReplaceByItsKind(List<string> tokens, int near, Random chance)
    {
        for (var step = 0; step < tokens.Count; step++)
        {
            var at = (near + step) % tokens.Count;
            if (char.IsAsciiDigit(tokens[at][0]))
            {
                tokens[at] = chance.Next(4) == 0 ? OddTokens[2 + chance.Next(11)] : $"{chance.Next(chance.Next(2) == 0 ? 20 : 200)}";
                return;
            }

            if (tokens[at][0] != '"' || tokens.Count(t => t[0] == '"') < 2) continue;
            var texts = tokens.Where(t => t[0] == '"').ToList();
            tokens[at] = texts[chance.Next(texts.Count)];
            return;
        }
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|[\[\]{}:,]
        """)]
    private static partial Regex JsonToken();
}
