using System.Globalization;
using System.Text;

namespace TrafficAI.FieldBus;

/// <summary>Names that any store and any topic can bear: every byte of the UTF-8 text outside <c>[A-Za-z0-9_.-]</c> becomes %XX.</summary>
public static class EncodedId
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Of(string id)
    {
        var name = new StringBuilder(id.Length);
        foreach (var b in Encoding.UTF8.GetBytes(id))
        {
            if (IsPlain((char)b)) name.Append((char)b);
            else name.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return name.ToString();
    }

    /// <summary>Back from <see cref="Of"/>. Only what <see cref="Of"/> gives is read, so that one id has one name.</summary>
    public static bool TryRead(string name, out string id)
    {
        id = "";
        var bytes = new List<byte>(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '%') bytes.Add((byte)Math.Min(name[i], (char)255));
            else if (i + 2 < name.Length && byte.TryParse(name.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
                (bytes, i) = ([.. bytes, b], i + 2);
            else return false;
        }

        try
        {
            id = Utf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return id.Length > 0 && Of(id) == name;
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
