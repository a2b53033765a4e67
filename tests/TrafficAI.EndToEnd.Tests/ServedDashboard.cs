using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TrafficAI.EndToEnd.Tests;

/// <summary><c>trafficai dashboard</c> as a process, with a client of it.</summary>
internal sealed partial class ServedDashboard : IDisposable
{
    private readonly Command command;

    private ServedDashboard(Command command, HttpClient client) => (this.command, Client) = (command, client);

    public HttpClient Client { get; }

    /// <summary>Serves a log of which all is read when this returns.</summary>
    public static async Task<ServedDashboard> StartAsync(string log)
    {
        var served = await OfAsync(Command.Start([], "dashboard", log, "--no-open", "--listen", "http://127.0.0.1:0"), new());
        while ((await served.GetAsync("/health")).GetProperty("log").GetProperty("endedAt").ValueKind == JsonValueKind.Null) await Task.Delay(50, TestContext.Current.CancellationToken);
        return served;
    }

    /// <summary>Waits until the command says where it listens.</summary>
    /// <param name="handler">Of the client.</param>
    public static async Task<ServedDashboard> OfAsync(Command command, SocketsHttpHandler handler)
    {
        while (!Address().IsMatch(command.Output))
        {
            Assert.True(command.IsRunning, $"ended before it served: {command.Errors}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var client = new HttpClient(handler) { BaseAddress = new(Address().Match(command.Output).Value), DefaultRequestVersion = HttpVersion.Version20 };
        client.DefaultRequestHeaders.Add("X-CSRF", "1");
        return new(command, client);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Client.GetAsync("/api/v1" + path, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected)
    {
        using var answer = await Client.PostAsJsonAsync("/api/v1" + path, body, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, expected);
    }

    public void Dispose()
    {
        Client.Dispose();
        command.Dispose();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    [GeneratedRegex("https?://[0-9.:]+")]
    private static partial Regex Address();
}
