namespace TrafficAI.EventLog.Sqlite;

/// <summary>Names and their numbers in the file. A name never changes its number, so what was read once stays true.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> names = [];
    private readonly Statement byName;
    private readonly Statement byNumber;
    private readonly Statement all;
    private readonly Statement insert;

    /// <param name="table"><c>streams</c> or <c>types</c>.</param>
    public NameTable(Database database, string table)
    {
        byName = database.Prepare($"SELECT id FROM {table} WHERE name = ?1");
        byNumber = database.Prepare($"SELECT name FROM {table} WHERE id = ?1");
        all = database.Prepare($"SELECT name FROM {table}");
        insert = database.Prepare($"INSERT INTO {table} (id, name) SELECT coalesce(max(id), 0) + 1, ?1 FROM {table}");
    }

    /// <summary>The number of a name, or null if it has none.</summary>
    public long? Find(string name)
    {
        if (numbers.TryGetValue(name, out var number)) return number;
        var found = byName.Bind(1, name).Step();
        if (found) Remember(number = byName.Number(0), name);
        byName.Reset();
        return found ? number : null;
    }

    /// <summary>The number of a name; it gets the next one if it has none.</summary>
    public long FindOrAdd(string name)
    {
        if (Find(name) is { } number) return number;
        insert.Bind(1, name).Run();
        return Find(name)!.Value;
    }

    public string NameOf(long number)
    {
        if (names.TryGetValue(number, out var name)) return name;
        name = byNumber.Bind(1, number).Step() ? byNumber.Text(0) : FormattableString.Invariant($"?{number}");
        byNumber.Reset();
        Remember(number, name);
        return name;
    }

    /// <summary>All names, in ordinal order (SQLite's own order differs beyond the basic plane).</summary>
    public string[] Names()
    {
        var found = new List<string>();
        while (all.Step())
            found.Add(all.Text(0));
        all.Reset();
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private void Remember(long number, string name)
    {
        numbers[name] = number;
        names[number] = name;
    }
}
