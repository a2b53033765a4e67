using SQLitePCL;

namespace TrafficAI.EventLog.Sqlite;

/// <summary>One connection to an SQLite file. Not thread-safe: its owner holds a lock.</summary>
internal sealed class Database : IDisposable
{
    private const int BusyMilliseconds = 2_000;
    private const string Rescue = "Use a backup, or rescue what can be read with 'sqlite3 FILE .recover'.";

    private readonly sqlite3 handle;
    private readonly List<Statement> statements = [];

    static Database() => Batteries_V2.Init();

    private Database(string path, sqlite3 handle)
    {
        Path = path;
        this.handle = handle;
    }

    public string Path { get; }

    /// <exception cref="EventLogException">The file cannot be opened.</exception>
    public static Database Open(string path, bool writable)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | (writable ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY);
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new Database(path, handle);
        try
        {
            database.Check(result);
            raw.sqlite3_extended_result_codes(handle, 1);
            database.Check(raw.sqlite3_busy_timeout(handle, BusyMilliseconds));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
        var statement = new Statement(this, prepared);
        statements.Add(statement);
        return statement;
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>The first value of the first row, or 0 when there is no row.</summary>
    public long Number(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
        using var statement = new Statement(this, prepared);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>The first column of every row.</summary>
    public List<string> Texts(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
        using var statement = new Statement(this, prepared);
        var texts = new List<string>();
        while (statement.Step())
            texts.Add(statement.Text(0));
        return texts;
    }

    /// <exception cref="EventLogException">The result says that something failed.</exception>
    public void Check(int result)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw new EventLogException(Explain(result & 0xFF));
    }

    /// <summary>What to throw when the file holds what it cannot hold.</summary>
    public EventLogException Damaged(string what) => new($"{Path}: the file is damaged ({what}). {Rescue}");

    public void Dispose()
    {
        foreach (var statement in statements)
            statement.Dispose();
        handle.Dispose();
    }

    private string Explain(int result) => result switch
    {
        raw.SQLITE_NOTADB => $"{Path}: this is not an event log of ours, nor any SQLite file. Check the path.",
        raw.SQLITE_CORRUPT => $"{Path}: the file is damaged ({Message}). {Rescue}",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{Path}: the log is locked by another process. Wait until that has ended, or stop it.",
        raw.SQLITE_CANTOPEN => $"{Path}: the file cannot be opened ({Message}). Check that the folder exists and may be written to.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM => $"{Path}: the file may not be written to ({Message}). Check its owner and mode.",
        raw.SQLITE_FULL => $"{Path}: the disk is full; the log ends with the last flush. Make room, then start again.",
        raw.SQLITE_IOERR => $"{Path}: reading or writing failed ({Message}). Check the disk.",
        _ => FormattableString.Invariant($"{Path}: SQLite says '{Message}' (code {result}). The log ends with the last flush."),
    };

    private string Message => raw.sqlite3_errmsg(handle).utf8_to_string().ReplaceLineEndings(" ");
}
