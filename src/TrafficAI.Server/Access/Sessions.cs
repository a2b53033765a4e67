using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAI.Server.Access;

/// <summary>Who is logged in. Kept in memory only: a restart logs everybody out.</summary>
public sealed class Sessions(TimeProvider clock)
{
    private const int TokenBytes = 32;
    private const int MostOfOneUser = 10;

    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Logs somebody in.</summary>
    /// <returns>What proves it: a secret, of which only the hash is kept here.</returns>
    public string Begin(Session session)
    {
        Sweep();
        foreach (var (key, _) in entries.Where(e => e.Value.Session.User == session.User).OrderByDescending(e => e.Value.Begun).Skip(MostOfOneUser - 1)) entries.TryRemove(key, out _);
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(TokenBytes));
        entries[HashOf(token)] = new(session, clock.GetUtcNow()) { Seen = clock.GetUtcNow() };
        return token;
    }

    /// <summary>Whose secret it is; null for nobody's, or one that has run out.</summary>
    public Session? Find(string? token)
    {
        if (token is null || !entries.TryGetValue(HashOf(token), out var entry)) return null;
        if (IsOver(entry)) return null;
        entry.Seen = clock.GetUtcNow();
        return entry.Session;
    }

    /// <summary>What tells sessions apart without the secret; null for a secret that is nobody's.</summary>
    public string? KeyOf(string? token) => Find(token) is null ? null : HashOf(token!);

    /// <summary>Logs out.</summary>
    public void End(string? token)
    {
        if (token is not null) entries.TryRemove(HashOf(token), out _);
    }

    private void Sweep()
    {
        foreach (var (key, entry) in entries)
        {
            if (IsOver(entry)) entries.TryRemove(key, out _);
        }
    }

    private bool IsOver(Entry entry) => clock.GetUtcNow() - entry.Seen > Idle || clock.GetUtcNow() - entry.Begun > Longest;

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Entry(Session Session, DateTimeOffset Begun)
    {
        public DateTimeOffset Seen { get; set; }
    }
}
