using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAI.Server.Access;

/// <summary>Hashes of passwords: PBKDF2 with HMAC-SHA-256 (RFC 8018), written as <c>pbkdf2-sha256$ROUNDS$SALT$HASH</c>, the last two in base 64.</summary>
public static class Password
{
    /// <summary>Shorter ones are refused.</summary>
    public const int LeastCharacters = 12;

    /// <summary>Longer ones are refused: their hash costs no more, but their sending does.</summary>
    public const int MostCharacters = 256;

    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 600_000;
    private const int LeastRounds = 100_000;
    private const int MostRounds = 10_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Of no password at all: who is not known takes as long as who is.
    private static readonly string OfNobody = Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(HashBytes)));

    /// <summary>The hash of a password, with a salt of its own.</summary>
    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Rounds))}");
    }

    /// <summary>Whether a password is the one of a hash. Takes as long whether it is or not, and for null.</summary>
    /// <param name="hash">Null for somebody who is not known.</param>
    public static bool Verify(string password, string? hash)
    {
        var (rounds, salt, expected) = Read(hash ?? OfNobody)!.Value;
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, rounds), expected) && hash is not null;
    }

    /// <summary>Whether a text is such a hash.</summary>
    public static bool IsHash(string text) => Read(text) is not null;

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, HashBytes);

    private static (int Rounds, byte[] Salt, byte[] Hash)? Read(string text)
    {
        if (text.Split('$') is not [Scheme, var rounds, var salt, var hash] || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var (saltBytes, hashBytes) = (new byte[SaltBytes], new byte[HashBytes]);
        return number is >= LeastRounds and <= MostRounds
            && Convert.TryFromBase64String(salt, saltBytes, out var saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(hash, hashBytes, out var hashLength) && hashLength == HashBytes
            ? (number, saltBytes, hashBytes)
            : null;
    }
}
