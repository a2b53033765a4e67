using TrafficAI.EventLog;

namespace TrafficAI.Cli.Dashboard;

/// <summary>Where uses of controls are recorded when the log that is shown is written by somebody else, or by nobody any more: beside it. It is made when there is something to record.</summary>
/// <param name="log">URI of the log that is shown.</param>
internal sealed class ControlLogFile(string log) : IAsyncDisposable
{
    private IEventLog? opened;

    /// <summary>Of <c>run.db</c>, <c>run-access.db</c>.</summary>
    public string Path { get; } = Beside(log);

    /// <summary>Opens it, on the disk after each record.</summary>
    public Task<IEventLog> OpenAsync(CancellationToken stop) => Task.FromResult(opened ??= EventLogUri.Open(Path, EventLogMode.Append, Durability.OnFsync));

    public ValueTask DisposeAsync() => opened?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Beside(string log)
    {
        var path = log.StartsWith("sqlite:", StringComparison.Ordinal) ? log["sqlite:".Length..] : log.Contains("://", StringComparison.Ordinal) ? "trafficai.db" : log;
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", $"{System.IO.Path.GetFileNameWithoutExtension(path)}-access{System.IO.Path.GetExtension(path)}");
    }
}
