using System.Globalization;

namespace TrafficAI.EventLog.Writer;

/// <summary>Many appenders at once, each to its own stream, until the process is killed.</summary>
public static class Appenders
{
    /// <summary>Goes on where the log ends, and says "stream revision" of each event once it is acknowledged.</summary>
    public static Task RunAsync(IEventLog log, Durability durability, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(stream => Task.Run(() => AppendAsync(log, durability, stream))));

    private static async Task AppendAsync(IEventLog log, Durability durability, int stream)
    {
        var name = Script.StreamName(stream);
        for (var head = await log.HeadAsync(name); ;)
        {
            head = await log.AppendAsync(name, head, Script.EventAt(stream, head + 1));
            if (durability == Durability.OnWrite && head % 10 == 0) await log.FlushAsync();
            if (durability == Durability.OnFsync || head % 10 == 0)
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{stream} {head}"));
        }
    }
}
