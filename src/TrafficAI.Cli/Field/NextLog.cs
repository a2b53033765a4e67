using System.Globalization;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Field;

/// <summary>Where a server goes on that cannot go on with its log: day-2.db after day.db, then day-3.db, each above the epochs of those before.</summary>
public static class NextLog
{
    private const int Most = 10_000;

    /// <summary>Runs with the log of an order, or with the next one that can be gone on with.</summary>
    /// <param name="goesOn">Whether to; else the user is told how.</param>
    /// <param name="say">Told in one line when a log is left.</param>
    /// <exception cref="InputException">The log is of another site or build.</exception>
    public static async Task<T> RunAsync<T>(ServerOrder order, bool goesOn, Action<string> say, Func<ServerOrder, Task<T>> run)
    {
        for (var (now, number) = (order, 2); ; number++)
        {
            try
            {
                return await run(now);
            }
            catch (OtherLogException e)
            {
                var lowest = Math.Max(e.NextEpoch, now.LowestEpoch);
                if (!goesOn) throw new InputException($"{Adapters.Shown(now.Log)}: {e.Message}. {Advice(Adapters.Shown(order.Log), lowest)}");
                say($"{Adapters.Shown(now.Log)}: {e.Message}; it is left as it is");
                now = now with { Log = Name(order.Log, number), LowestEpoch = lowest };
            }
        }
    }

    /// <summary>The log with a number before its extension, from 2.</summary>
    public static string Name(string log, int number) => Name(log, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The log with a word before its extension.</summary>
    public static string Name(string log, string word)
    {
        var path = log.Contains("://", StringComparison.Ordinal) ? log.Split('?')[0] : log;
        var end = path.Length - Path.GetExtension(path).Length;
        return $"{log[..end]}-{word}{log[end..]}";
    }

    private static string Advice(string log, long epoch)
    {
        var free = Enumerable.Range(2, Most).Select(number => Name(log, number)).First(name => !File.Exists(PathOf(name)));
        return string.Create(CultureInfo.InvariantCulture, $"Run the same with --next-log, or with --log {free} --epoch {epoch}, so that controllers obey it.");
    }

    private static string PathOf(string log) => log.StartsWith("sqlite:", StringComparison.Ordinal) ? log["sqlite:".Length..] : log;
}
