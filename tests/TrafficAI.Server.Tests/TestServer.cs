using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Tests;

/// <summary>A server on a free port of this machine, with what a client of it does.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DashboardHost host;

    private TestServer(DashboardHost host, IEventLog control, List<string> said) => (this.host, Control, Said) = (host, control, said);

    public DashboardHost Host => host;

    public Uri Address => host.Address;

    /// <summary>In which uses of controls are recorded.</summary>
    public IEventLog Control { get; }

    /// <summary>What it said to who runs it.</summary>
    public List<string> Said { get; }

    /// <param name="until">Street second up to which the log is read before this returns.</param>
    public static async Task<TestServer> StartAsync(ServedLog served, Func<DashboardOptions, DashboardOptions>? change, long until)
    {
        var control = new MemoryEventLog();
        var said = new List<string>();
        var options = new DashboardOptions(new(new IPEndPoint(IPAddress.Loopback, 0), false)) { ViewersPerClient = 100 };
        var host = await DashboardHost.StartAsync(served, change?.Invoke(options) ?? options, _ => Task.FromResult<IEventLog>(control), said.Add, TestContext.Current.CancellationToken);
        Assert.True(await host.Live.UntilAsync(view => view.Second >= until, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        return new(host, control, said);
    }

    /// <summary>Somebody who has not logged in.</summary>
    public HttpClient Client(bool keepsCookies = true)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = keepsCookies, AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("X-CSRF", "1");
        return client;
    }

    /// <summary>Somebody who has.</summary>
    public async Task<HttpClient> LogInAsync(string user)
    {
        var client = Client();
        using var answer = await client.PostAsJsonAsync("/api/v1/session", new { user, password = TestAccounts.Password }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await Control.DisposeAsync();
    }
}

/// <summary>Short ways to ask.</summary>
internal static class Asking
{
    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync("/api/v1" + path, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    /// <summary>Sends JSON and expects a status.</summary>
    public static async Task<JsonElement> SendAsync(this HttpClient client, HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, Api.Json.Options), Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, expected);
    }

    /// <summary>What a refusal says: always in the same form, with what to do next.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpClient client, string path, HttpStatusCode expected)
    {
        using var answer = await client.GetAsync("/api/v1" + path, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, expected);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == answer.StatusCode, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {text}");
        if (text.Length == 0) return default;
        using var json = JsonDocument.Parse(text);
        if ((int)answer.StatusCode >= 400)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            foreach (var member in (string[])["title", "detail", "next"]) Assert.False(string.IsNullOrWhiteSpace(json.RootElement.GetProperty(member).GetString()));
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }

        return json.RootElement.Clone();
    }
}
