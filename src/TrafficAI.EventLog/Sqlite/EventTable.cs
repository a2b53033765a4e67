namespace TrafficAI.EventLog.Sqlite;

/// <summary>The events of a log file: rows to and from <see cref="RecordedEvent"/>. Not thread-safe.</summary>
internal sealed class EventTable
{
    private const int PageEvents = 512;
    private const int PageBytes = 1 << 20;
    private const long MostPlaces = 1L << 61;
    private const string Columns = "SELECT position, stream, revision, type, id, payload FROM events ";

    private readonly Dictionary<long, StreamIds> ids = [];
    private readonly Database database;
    private readonly NameTable streams;
    private readonly NameTable types;
    private readonly Statement insert;
    private readonly Statement forwards;
    private readonly Statement backwards;
    private readonly Statement byPosition;
    private readonly Statement head;
    private readonly Statement byId;
    private readonly Seal? seal;
    private long nextPosition;

    public EventTable(Database database)
    {
        this.database = database;
        streams = new(database, "streams");
        types = new(database, "types");
        insert = database.Prepare("INSERT INTO events (position, stream, revision, type, id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        forwards = database.Prepare(Columns + "WHERE stream = ?1 AND revision >= ?2 ORDER BY revision");
        backwards = database.Prepare(Columns + "WHERE stream = ?1 AND revision <= ?2 ORDER BY revision DESC");
        byPosition = database.Prepare(Columns + "WHERE position >= ?1 ORDER BY position");
        head = database.Prepare("SELECT max(revision) FROM events WHERE stream = ?1");
        byId = database.Prepare("SELECT revision FROM events WHERE stream = ?1 AND id = ?2");
        nextPosition = database.Number("SELECT coalesce(max(position), -1) + 1 FROM events");
        if (Schema.HasSeal(database)) seal = new(database);
    }

    /// <summary>The position that the next event gets.</summary>
    public long NextPosition => nextPosition;

    /// <summary>Writes one event as the next of all.</summary>
    public void Insert(string stream, long revision, in EventData @event)
    {
        var number = streams.FindOrAdd(stream);
        insert.Bind(1, nextPosition).Bind(2, number).Bind(3, revision).Bind(4, types.FindOrAdd(@event.Type)).Bind(6, @event.Payload.Span);
        BindId(insert, 5, @event.Id, IdsOf(number).RevisionOf(@event.Id) == revision);
        insert.Run();
        seal?.Add(stream, revision, @event);
        nextPosition++;
    }

    /// <summary>Writes the seal over all events so far; to be called before each commit.</summary>
    public void WriteSeal() => seal?.Write();

    /// <summary>Compares all events with the seal. A file of version 1 has none.</summary>
    /// <param name="show">Called with each event.</param>
    /// <returns>What is wrong, or null.</returns>
    public string? CheckSeal(Action<RecordedEvent> show)
    {
        for (long from = 0; ReadAll(from) is [.., var last] page; from = last.Position + 1)
        {
            foreach (var @event in page)
            {
                seal?.Compare(@event);
                show(@event);
            }
        }
        if (seal is not null) return seal.Result();
        return Schema.ShouldHaveSeal(database) ? "the seal of the file is missing: cut out" : null;
    }

    public List<RecordedEvent> Read(string stream, long fromRevision) =>
        streams.Find(stream) is { } number ? Page(forwards.Bind(1, number).Bind(2, fromRevision), e => e.Revision - fromRevision) : [];

    public List<RecordedEvent> ReadBackwards(string stream, long fromRevision) =>
        streams.Find(stream) is { } number ? Page(backwards.Bind(1, number).Bind(2, fromRevision), e => fromRevision - e.Revision) : [];

    public List<RecordedEvent> ReadAll(long fromPosition) => Page(byPosition.Bind(1, fromPosition), e => e.Position - fromPosition);

    public RecordedEvent At(string stream, long revision) =>
        Page(forwards.Bind(1, streams.Find(stream) ?? 0).Bind(2, revision), e => e.Revision - revision, 1) is [var found] && found.Revision == revision
            ? found
            : throw database.Damaged(FormattableString.Invariant($"event {revision} of stream '{stream}' is not there"));

    public string[] Streams() => streams.Names();

    public long Head(string stream)
    {
        if (streams.Find(stream) is not { } number) return -1;
        var revision = head.Bind(1, number).Step() && !head.IsNull(0) ? head.Number(0) : -1;
        head.Reset();
        return revision;
    }

    /// <summary>Revision of an event whose id does not follow from its place; −1 for none.</summary>
    public long RevisionOfChosen(string stream, Guid id)
    {
        if (streams.Find(stream) is not { } number) return -1;
        byId.Bind(1, number);
        BindId(byId, 2, id, isDerived: false);
        var revision = byId.Step() ? byId.Number(0) : -1;
        byId.Reset();
        return revision;
    }

    // A damaged file may give any rows in any order; a reading that goes on after the last one would then never end.
    private List<RecordedEvent> Page(Statement query, Func<RecordedEvent, long> place, int limit = PageEvents)
    {
        var page = new List<RecordedEvent>();
        var last = -1L;
        try
        {
            for (var bytes = 0; page.Count < limit && bytes < PageBytes && query.Step(); bytes += page[^1].Payload.Length)
            {
                page.Add(Row(query));
                if (place(page[^1]) <= last) throw database.Damaged("its events are out of order");
                last = place(page[^1]);
            }
        }
        finally
        {
            query.Reset();
        }
        return page;
    }

    private RecordedEvent Row(Statement row)
    {
        var (stream, revision, position) = (row.Number(1), row.Number(2), row.Number(0));
        if (revision is < 0 or > MostPlaces || position is < 0 or > MostPlaces) throw database.Damaged("an event has no place");
        return new(streams.NameOf(stream), revision, position, types.NameOf(row.Number(3)), IdOf(row, stream, revision), row.Bytes(5).ToArray());
    }

    private Guid IdOf(Statement row, long stream, long revision)
    {
        if (row.IsNull(4)) return IdsOf(stream).At(revision);
        var bytes = row.Bytes(4);
        return bytes.Length == 16 ? new(bytes, bigEndian: true) : throw database.Damaged("an event id is no id");
    }

    private StreamIds IdsOf(long stream)
    {
        if (!ids.TryGetValue(stream, out var found)) ids[stream] = found = new(streams.NameOf(stream));
        return found;
    }

    private static void BindId(Statement statement, int parameter, Guid id, bool isDerived)
    {
        if (isDerived)
        {
            statement.BindNull(parameter);
            return;
        }
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        statement.Bind(parameter, bytes);
    }
}
