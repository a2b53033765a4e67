namespace TrafficAI.EventLog.Sqlite;

/// <summary>Opens and closes log files.</summary>
internal static class SqliteFile
{
    // SQLite takes a file shorter than its smallest page for a new one, and would write over it.
    private const int SmallestFile = 512;

    /// <exception cref="EventLogException">There is no log at this path, or it cannot be read.</exception>
    public static Database OpenToRead(string path)
    {
        CheckIsNoFolder(path);
        if (!File.Exists(path))
            throw new EventLogException($"{path}: there is no such file. Check the path, or record a log there first.");
        return Prepared(path, writable: false, Schema.Check);
    }

    /// <exception cref="EventLogException">There is no place for a log at this path, or it is not a log, or it holds events and
    /// <paramref name="mustBeNew"/> is set.</exception>
    public static Database OpenToWrite(string path, bool mustBeNew, Durability durability)
    {
        CheckIsNoFolder(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new EventLogException($"{path}: the folder {folder} does not exist. Make it first, or choose another path.");
        if (new FileInfo(path) is { Exists: true, Length: > 0 and < SmallestFile })
            throw new EventLogException($"{path}: too short for an event log, and not empty. Check the path.");
        return Prepared(path, writable: true, database =>
        {
            var isNew = Schema.IsEmpty(database);
            if (!isNew) Schema.Check(database);
            if (!isNew && mustBeNew) CheckHoldsNothing(database);
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute(durability == Durability.OnFsync ? "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON" : "PRAGMA synchronous = NORMAL");
            if (isNew) Schema.Create(database);
        });
    }

    /// <summary>Closes a file that was written, leaving one file that can be copied and read anywhere. A reader that is still there keeps
    /// its companions (-wal, -shm) alive until it ends.</summary>
    public static void CloseWritten(Database database)
    {
        try
        {
            database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            database.Execute("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE");
        }
        catch (EventLogException)
        {
            // Nothing is lost: what is committed stays in the companion, and the next writer folds it in.
        }
        database.Dispose();
    }

    /// <summary>Deletes a file with its companions.</summary>
    public static void Delete(string path)
    {
        foreach (var part in (string[])["", "-wal", "-shm", "-writer"]) File.Delete(path + part);
    }

    private static void CheckIsNoFolder(string path)
    {
        if (Directory.Exists(path)) throw new EventLogException($"{path}: this is a folder. Name the file of the log.");
    }

    private static void CheckHoldsNothing(Database database)
    {
        var events = database.Number("SELECT count(*) FROM events");
        if (events > 0)
            throw new EventLogException(FormattableString.Invariant(
                $"{database.Path}: a log with {events} events is already there. Choose another path, or delete it first."));
    }

    private static Database Prepared(string path, bool writable, Action<Database> prepare)
    {
        var database = Database.Open(path, writable);
        try
        {
            prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
