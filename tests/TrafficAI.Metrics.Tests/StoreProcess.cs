using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace TrafficAI.Metrics.Tests;

/// <summary>A real store on loopback, on ports that were free; its data outlive its process.</summary>
public abstract class StoreProcess : IDisposable
{
    private readonly HttpClient client = new();
    private Process? process;

    protected StoreProcess()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        (Port, OtherPort) = (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    public int Port { get; }

    /// <summary>How a writer gets there.</summary>
    public abstract string Address { get; }

    protected int OtherPort { get; }

    protected string Folder { get; } = Directory.CreateTempSubdirectory("trafficai-store").FullName;

    protected string Base => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract ProcessStartInfo Program { get; }

    /// <summary>Answers when it is up.</summary>
    protected abstract string Health { get; }

    public virtual async Task StartAsync()
    {
        var program = Program;
        (program.RedirectStandardError, program.RedirectStandardOutput, program.WorkingDirectory) = (true, true, Folder);
        process = Process.Start(program)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        for (var tries = 0; !await AnswersAsync(); tries++)
        {
            Assert.False(tries > 400 || process.HasExited, $"{program.FileName} does not start");
            await Task.Delay(25, Cancel);
        }
    }

    /// <summary>What a field has, over all its series: the moment, then the tags and the value as text.</summary>
    public abstract Task<IReadOnlyList<Stored>> ReadAsync(string measurement, string field);

    /// <summary>What it has taken is on the disk; else kill -9 takes the newest of it along, whoever wrote it.</summary>
    public virtual bool KeepsWhatItTook => true;

    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    public virtual void Dispose()
    {
        if (process is not null) Kill();
        client.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected async Task PostAsync(string path)
    {
        using var answer = await client.PostAsync(new Uri(Base + path), null, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    protected async Task<string> GetAsync(string path) => await client.GetStringAsync(new Uri(Base + path), Cancel);

    protected async Task<JsonElement> GetJsonAsync(string path) => JsonDocument.Parse(await GetAsync(path)).RootElement;

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Base + Health), Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>A value as a store has it.</summary>
/// <param name="Tag">The value of the tag <c>intersection</c>.</param>
public sealed record Stored(long UnixSeconds, string Tag, double Value);
