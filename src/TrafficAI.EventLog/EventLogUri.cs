using TrafficAI.EventLog.Sqlite;

namespace TrafficAI.EventLog;

/// <summary>Opens a log by its URI: <c>memory:</c>, <c>sqlite:PATH</c>, or a bare path, which means <c>sqlite:</c>.</summary>
public static class EventLogUri
{
    private const string SnapshotsEnd = "-snapshots";

    /// <summary>Opens a log.</summary>
    /// <param name="uri"><c>memory:</c>, <c>sqlite:PATH</c> or a path.</param>
    /// <param name="mode">Whether it must be new, must exist, or may do either.</param>
    /// <param name="durability">When appends are acknowledged; a log in memory ignores it.</param>
    /// <exception cref="EventLogException">The log cannot be opened so; one line says why and what to do.</exception>
    public static IEventLog Open(string uri, EventLogMode mode, Durability durability = Durability.OnWrite)
    {
        var (scheme, path) = Split(uri);
        return scheme switch
        {
            "memory" when mode == EventLogMode.OpenExisting =>
                throw new EventLogException($"{uri}: a log in memory ends with its process, so there is none to read. Name a file instead."),
            "memory" => new MemoryEventLog(),
            "sqlite" when path.Length > 0 => SqliteEventLog.Open(path, mode, durability),
            "sqlite" => throw new EventLogException($"'{uri}': the path of the log is missing. Write sqlite:PATH."),
            _ => throw new EventLogException($"{uri}: no event log is known by '{scheme}:'. Use memory: or sqlite:PATH."),
        };
    }

    /// <summary>Opens the place for snapshots that belongs to a log: beside its file, or in memory.</summary>
    /// <exception cref="EventLogException">There is no place for it.</exception>
    public static ISnapshotStore OpenSnapshots(string uri) =>
        Split(uri) is ("sqlite", { Length: > 0 } path) ? SqliteSnapshotStore.Open(path + SnapshotsEnd) : new MemorySnapshotStore();

    /// <summary>Deletes the log at a URI, which nobody may have open. Nothing happens if there is none.</summary>
    public static void Delete(string uri)
    {
        if (Split(uri) is not ("sqlite", var path)) return;
        SqliteFile.Delete(path);
        File.Delete(path + SnapshotsEnd);
    }

    private static (string Scheme, string Path) Split(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && uri.AsSpan(0, colon).IndexOfAnyExcept(SchemeLetters) < 0
            ? (uri[..colon].ToLowerInvariant(), uri[(colon + 1)..])
            : ("sqlite", uri);
    }

    // One letter before a colon is a drive of Windows, not a scheme.
    private static readonly System.Buffers.SearchValues<char> SchemeLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
}
