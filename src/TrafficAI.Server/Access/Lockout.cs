namespace TrafficAI.Server.Access;

/// <summary>Counts failed logins by name, by address and by both, and says who has to wait.</summary>
/// <remarks>Who fails from one address locks out himself there, not the owner of the name elsewhere, unless very many addresses try.</remarks>
public sealed class Lockout(TimeProvider clock)
{
    private const int MostKept = 10_000;
    private const int MostOfNameAndAddress = 5;
    private const int MostOfAddress = 20;
    private const int MostOfName = 100;

    /// <summary>So long a failure counts, and so long a lock holds after the last.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Last)> failures = new(StringComparer.Ordinal);

    /// <summary>Whether a login may not even be tried.</summary>
    public bool IsLocked(string name, string address)
    {
        lock (gate) return Keys(name, address).Any(key => CountOf(key.Key) >= key.Most);
    }

    /// <summary>A login has failed.</summary>
    public void Fail(string name, string address)
    {
        lock (gate)
        {
            if (failures.Count > MostKept) Forget();
            foreach (var (key, _) in Keys(name, address)) failures[key] = (CountOf(key) + 1, clock.GetUtcNow());
        }
    }

    /// <summary>A login has succeeded: what the name has failed from there counts no more.</summary>
    public void Succeed(string name, string address)
    {
        lock (gate) failures.Remove(Keys(name, address)[0].Key);
    }

    private int CountOf(string key) => failures.TryGetValue(key, out var failed) && clock.GetUtcNow() - failed.Last < Window ? failed.Count : 0;

    private void Forget()
    {
        foreach (var key in failures.Keys.Where(key => CountOf(key) == 0).ToList()) failures.Remove(key);
        foreach (var key in failures.OrderBy(failed => failed.Value.Last).Take(failures.Count - MostKept / 2).Select(failed => failed.Key).ToList()) failures.Remove(key);
    }

    private static (string Key, int Most)[] Keys(string name, string address) =>
        [($"{name}\n{address}", MostOfNameAndAddress), ($"\n{address}", MostOfAddress), ($"{name}\n", MostOfName)];
}
