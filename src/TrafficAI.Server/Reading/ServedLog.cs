using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Reading;

/// <summary>A log that is shown, with the site that it is of.</summary>
/// <param name="Name">What to call it, without secrets.</param>
public sealed record ServedLog(IEventLog Log, string Name, SiteRecord Record, Site Site, NetworkFileFacts File)
{
    /// <summary>Reads what the log is of.</summary>
    /// <param name="name">What to call it, without secrets.</param>
    /// <exception cref="RecordException">It holds no run, or one that cannot be read.</exception>
    public static async Task<ServedLog> OpenAsync(IEventLog log, string name, CancellationToken stop)
    {
        var record = await SiteRecord.ReadAsync(log, stop);
        return new(log, name, record, record.Build(), NetworkFileFacts.Read(record.Network));
    }

    public RunHeader Header => Record.Header;

    /// <summary>Index of the intersection of that name; −1 for none.</summary>
    public int IndexOf(string id) => Site.Network.Find(new(id))?.Index ?? -1;

    /// <summary>A street second as people see it.</summary>
    public string Wall(long second) => StreetClock.Wall(Site.File.Start, second);
}
