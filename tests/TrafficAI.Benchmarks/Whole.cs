using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrafficAI.Benchmarks;

/// <summary>Whole processes, from their start to their end. Linux only.</summary>
internal static class Whole
{
    private const string DebianHome = "/usr/share/sumo";
    private const int OfChildren = -1;
    private const int UsageWords = 18;

    /// <summary>The command <c>trafficai</c> of this build.</summary>
    public static ProcessStartInfo Ours(params string[] arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "trafficai.dll"), .. arguments]);

    public static ProcessStartInfo Sumo(params string[] arguments)
    {
        var start = new ProcessStartInfo("sumo", arguments);
        start.Environment.TryAdd("SUMO_HOME", DebianHome);
        return start;
    }

    /// <summary>Runs one to its end.</summary>
    /// <returns>Seconds on the wall, and seconds of processor, those of the processes that it starts included.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static (double Wall, double Processor) Time(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var before = ProcessorSeconds();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} cannot be started.");
        var said = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var wall = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? (wall, ProcessorSeconds() - before)
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed: {said.Result}");
    }

    /// <summary>Of all processes that have been waited for.</summary>
    private static double ProcessorSeconds()
    {
        var usage = new long[UsageWords]; // user and system, each seconds and microseconds, come first
        return GetUsage(OfChildren, usage) == 0
            ? usage[0] + usage[2] + (usage[1] + usage[3]) / 1e6
            : throw new InvalidOperationException($"getrusage failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int whose, [Out] long[] usage);
}
