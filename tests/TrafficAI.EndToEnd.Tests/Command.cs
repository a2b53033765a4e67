using System.Diagnostics;
using System.Text;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The command as its user runs it: a process of its own.</summary>
internal sealed class Command : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private Command(Process process) => this.process = process;

    public int ExitCode => process.ExitCode;

    public string Output => output.ToString();

    public string Errors => errors.ToString();

    /// <summary>What it said on the error stream besides progress.</summary>
    public string[] Complaints => [.. Errors.Split('\n').Where(line => line.StartsWith("trafficai:", StringComparison.Ordinal))];

    public int ProcessId => process.Id;

    public bool IsRunning => !process.HasExited;

    public static async Task<Command> RunAsync(params string[] arguments)
    {
        var command = Start([], arguments);
        await command.EndAsync();
        return command;
    }

    public static Command Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "trafficai.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var command = new Command(Process.Start(start)!);
        command.process.OutputDataReceived += (_, e) => Keep(command.output, e.Data);
        command.process.ErrorDataReceived += (_, e) => Keep(command.errors, e.Data);
        command.process.BeginOutputReadLine();
        command.process.BeginErrorReadLine();
        return command;
    }

    public async Task EndAsync() => await process.WaitForExitAsync(TestContext.Current.CancellationToken);

    /// <summary>Writes a line to its standard input.</summary>
    public Task TellAsync(string line) => process.StandardInput.WriteLineAsync(line);

    /// <summary>Waits until the error stream has shown a text.</summary>
    public async Task SaysAsync(string text)
    {
        while (!Errors.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, $"ended before it said '{text}': {Errors}{Output}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks it to end in order, and waits.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await EndAsync();
    }

    /// <summary>That it was refused as a bad input, in one line with a certain part.</summary>
    public static async Task RefusedAsync(string part, params string[] arguments)
    {
        using var run = await RunAsync(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    /// <summary>Ends it without a word.</summary>
    public void Kill() => process.Kill();

    /// <summary>The process id of its only child.</summary>
    public int Child()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id) || !File.Exists($"{folder}/stat")) continue;
            var stat = File.ReadAllText($"{folder}/stat");
            if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{process.Id}") return id;
        }

        throw new InvalidOperationException("It has no child.");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void Keep(StringBuilder to, string? line)
    {
        lock (to) to.Append(line).Append('\n');
    }
}
