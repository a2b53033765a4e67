using System.ComponentModel;
using System.Diagnostics;
using TrafficAI.Signals.Street;

namespace TrafficAI.Sumo;

/// <summary>One running SUMO: started, listened to, and ended by this object alone.</summary>
internal sealed class SumoProcess : IDisposable
{
    private const string DebianHome = "/usr/share/sumo";
    private const int LongestError = 400;
    private readonly Process process;
    private readonly Lock gate = new();
    private string firstError = "";
    private string lastLine = "";
    private bool inFirstError;

    private SumoProcess(Process process) => this.process = process;

    public bool HasExited => process.HasExited;

    public int Id => process.Id;

    /// <summary>Starts SUMO.</summary>
    /// <param name="binary">Program; null for the environment's choice.</param>
    /// <exception cref="EngineException">There is no such program.</exception>
    public static SumoProcess Start(string? binary, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Binary(binary), arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SUMO_HOME")) && Directory.Exists(DebianHome))
            start.Environment["SUMO_HOME"] = DebianHome;
        return Start(start);
    }

    private static SumoProcess Start(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        var sumo = new SumoProcess(process);
        process.ErrorDataReceived += (_, line) => sumo.Hear(line.Data);
        process.OutputDataReceived += (_, line) => sumo.Hear(line.Data);
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            process.Dispose();
            throw new EngineException($"SUMO cannot be started: there is no program '{start.FileName}'. "
                + "Install it (apt-get install sumo) or set SUMO_BINARY to its path.", e);
        }
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return sumo;
    }

    private static string Binary(string? binary)
    {
        if (!string.IsNullOrEmpty(binary))
            return binary;
        var named = Environment.GetEnvironmentVariable("SUMO_BINARY");
        return string.IsNullOrEmpty(named) ? "sumo" : named;
    }

    /// <summary>Keeps SUMO's first error (with the lines that belong to it) and its last line; nothing else, however much it writes.</summary>
    private void Hear(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (gate)
        {
            lastLine = line.Trim();
            var begins = line.StartsWith("Error:", StringComparison.Ordinal);
            if (begins && firstError.Length == 0)
                (firstError, inFirstError) = (line.Trim(), true);
            else if (inFirstError && !begins && char.IsWhiteSpace(line[0]) && firstError.Length < LongestError)
                firstError += " " + line.Trim();
            else
                inFirstError = false;
        }
    }

    /// <summary>SUMO's own first error line, else the last line that it wrote, else nothing.</summary>
    public string Complaint()
    {
        lock (gate)
            return firstError.Length > 0 ? firstError : lastLine;
    }

    /// <summary>Waits for the end of the process and of what it writes.</summary>
    /// <returns>The exit code, or null if it still runs.</returns>
    public int? WaitForExit(TimeSpan time)
    {
        if (!process.WaitForExit(time))
            return null;
        using var drained = new CancellationTokenSource(TimeSpan.FromSeconds(2)); // a grandchild could hold the pipes open
        try
        {
            process.WaitForExitAsync(drained.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
        }
        return process.ExitCode;
    }

    /// <summary>Ends the process if it still runs.</summary>
    public void Dispose()
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
        }
        process.Dispose();
    }
}
