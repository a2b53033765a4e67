using System.Diagnostics;
using SQLitePCL;

namespace TrafficAI.Benchmarks;

/// <summary>SQLite as anybody would use it for an event table: a transaction for each append, synchronous=FULL.</summary>
internal static class PlainSqlite
{
    /// <param name="journal">WAL or DELETE.</param>
    public static double EventsPerSecond(string path, string journal, int payloadBytes, TimeSpan time)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(path, out var file));
        using (file)
        {
            Check(raw.sqlite3_exec(file, $"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL"));
            Check(raw.sqlite3_exec(file, "CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, payload BLOB, UNIQUE (stream, revision))"));
            Check(raw.sqlite3_prepare_v2(file, "INSERT INTO events (stream, revision, payload) VALUES ('inputs-0', ?1, ?2)", out var insert));
            using (insert) return Run(insert, new byte[payloadBytes], time);
        }
    }

    private static double Run(sqlite3_stmt insert, byte[] payload, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        long events = 0;
        for (; watch.Elapsed < time; events++)
        {
            Check(raw.sqlite3_bind_int64(insert, 1, events));
            Check(raw.sqlite3_bind_blob(insert, 2, payload));
            Check(raw.sqlite3_step(insert));
            Check(raw.sqlite3_reset(insert));
        }
        return events / watch.Elapsed.TotalSeconds;
    }

    private static void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)) throw new InvalidOperationException($"SQLite says {result}.");
    }
}
