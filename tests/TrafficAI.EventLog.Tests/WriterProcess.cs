using System.Diagnostics;
using System.Globalization;
using TrafficAI.EventLog.Writer;

namespace TrafficAI.EventLog.Tests;

/// <summary>Another process that writes a log by <see cref="Script"/> until it is killed.</summary>
public sealed class WriterProcess : IDisposable
{
    private readonly Process process;

    public WriterProcess(string path, Durability durability)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Script).Assembly.Location, path, $"{durability}"]) { RedirectStandardOutput = true };
        process = Process.Start(start)!;
    }

    /// <summary>Events that the writer says are in the log for good, after some more acknowledgements.</summary>
    public async Task<long> AcknowledgedAsync(int acknowledgements, CancellationToken cancel)
    {
        var last = "";
        for (var i = 0; i < acknowledgements; i++)
            last = await process.StandardOutput.ReadLineAsync(cancel) ?? throw new InvalidOperationException("the writer ended by itself");
        return long.Parse(last, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends the process in the middle of whatever it does.</summary>
    /// <returns>The last thing that it had said, at least <paramref name="acknowledged"/>.</returns>
    public async Task<long> KillAsync(long acknowledged, CancellationToken cancel)
    {
        process.Kill();
        await process.WaitForExitAsync(cancel);
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            // The last line may be torn: then it is a shorter, smaller number.
            if (long.TryParse(line, CultureInfo.InvariantCulture, out var said)) acknowledged = Math.Max(acknowledged, said);
        }
        return acknowledged;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
