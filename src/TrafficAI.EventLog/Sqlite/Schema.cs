namespace TrafficAI.EventLog.Sqlite;

/// <summary>The tables of a log file, and how to know one.</summary>
internal static class Schema
{
    /// <summary>"TAIL" in ASCII; stands in the header of the file.</summary>
    public const int ApplicationId = 0x5441_494C;

    /// <summary>Rises when an older program could no longer read the file.</summary>
    public const int Version = 2;

    private const int FirstWithSeal = 2;

    // An event's id is null when it is the one that follows from stream and revision.
    private const string Tables = """
        CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE events (
          position INTEGER PRIMARY KEY,
          stream INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          type INTEGER NOT NULL,
          id BLOB,
          payload BLOB NOT NULL);
        CREATE TABLE seal (id INTEGER PRIMARY KEY, events INTEGER NOT NULL, sha256 BLOB NOT NULL);
        CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
        CREATE UNIQUE INDEX events_by_id ON events (stream, id) WHERE id IS NOT NULL;
        """;

    /// <summary>Makes the tables in an empty file.</summary>
    public static void Create(Database database) => database.Execute(FormattableString.Invariant(
        $"BEGIN IMMEDIATE; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; {Tables} COMMIT;"));

    public static bool HasSeal(Database database) =>
        database.Number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'seal'") == 1;

    public static bool ShouldHaveSeal(Database database) => database.Number("PRAGMA user_version") >= FirstWithSeal;

    public static bool IsEmpty(Database database) =>
        database.Number("SELECT count(*) FROM sqlite_schema") == 0 && database.Number("PRAGMA application_id") == 0;

    /// <exception cref="EventLogException">The file is not a log of ours, or a newer program wrote it.</exception>
    public static void Check(Database database)
    {
        var path = database.Path;
        if (IsEmpty(database))
            throw new EventLogException($"{path}: the file is empty, not an event log. Check the path.");
        if (database.Number("PRAGMA application_id") != ApplicationId)
            throw new EventLogException($"{path}: an SQLite file, but not an event log of ours. Check the path.");
        if (database.Number("PRAGMA user_version") is var version && version > Version)
            throw new EventLogException(FormattableString.Invariant(
                $"{path}: the log has format {version}, this program reads up to {Version}. Use a newer version of the program."));
    }
}
