using TrafficAI.Cli;
using TrafficAI.EventLog;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Tests;

/// <summary>A short run of a scenario of the repository, recorded to a file that goes when it is closed.</summary>
internal sealed class Recording : IAsyncDisposable
{
    private readonly IEventLog log;

    private Recording(string path, IEventLog log, ServedLog served) => (Path, this.log, Served) = (path, log, served);

    public string Path { get; }

    public ServedLog Served { get; }

    /// <param name="end">Street second at which it ends.</param>
    public static async Task<Recording> OfAsync(string scenario, string strategy, Sensing sensing, int end, CancellationToken stop, int seed = 1)
    {
        var path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("trafficai-server").FullName, "run.db");
        await Simulator.RunAsync(
            new()
            {
                Scenario = System.IO.Path.Combine(RecordedRun.Root, "simulations", scenario), Strategy = strategy, Class = ControlClass.Site, Sensing = sensing,
                LatencySeconds = sensing == Sensing.Full ? 0 : 1, Seed = seed, End = end, Log = path,
            },
            null, stop);
        var log = EventLogUri.Open(path, EventLogMode.OpenExisting);
        return new(path, log, await ServedLog.OpenAsync(log, "run.db", stop));
    }

    public async ValueTask DisposeAsync()
    {
        await log.DisposeAsync();
        Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
    }
}
