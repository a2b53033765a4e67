using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TrafficAI.Benchmarks.Field;

/// <summary>A process that takes part in a measurement. Linux only.</summary>
internal sealed class Part : IDisposable
{
    private const double TicksASecond = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly string? ready;
    private readonly TaskCompletionSource isReady = new();
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private double lastSeconds;

    /// <param name="ready">What it says on its error stream when it is ready; null when nobody waits for that.</param>
    public Part(ProcessStartInfo start, string? ready)
    {
        this.ready = ready;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} cannot be started.");
        process.OutputDataReceived += (_, e) => Keep(output, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public async Task ReadyAsync()
    {
        if (await Task.WhenAny(isReady.Task, Task.Delay(Patience), process.WaitForExitAsync()) != isReady.Task)
            throw new InvalidOperationException($"{process.StartInfo.FileName} is not ready: {errors}");
    }

    /// <summary>Processor seconds so far, user and system.</summary>
    public double ProcessorSeconds()
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        var words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(words[11], CultureInfo.InvariantCulture) + long.Parse(words[12], CultureInfo.InvariantCulture)) / TicksASecond;
    }

    /// <summary>Asks it to end.</summary>
    public void Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <returns>Its processor seconds, as last looked at before its end.</returns>
    public async Task<double> EndAsync()
    {
        for (var end = process.WaitForExitAsync(); !end.IsCompleted; await Task.WhenAny(end, Task.Delay(100)))
        {
            try
            {
                lastSeconds = ProcessorSeconds();
            }
            catch (IOException)
            {
                break;
            }
        }

        await process.WaitForExitAsync();
        return lastSeconds;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Keep(StringBuilder to, string? line)
    {
        lock (to) to.Append(line).Append('\n');
        if (ready is not null && line?.Contains(ready, StringComparison.Ordinal) == true) isReady.TrySetResult();
    }
}
