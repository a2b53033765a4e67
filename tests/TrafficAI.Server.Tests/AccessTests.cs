using System.Net;
using System.Net.Http.Json;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Server.Access;

namespace TrafficAI.Server.Tests;

/// <summary>Who may do what, and how somebody becomes known.</summary>
public sealed class AccessTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    private static readonly string[] NeedNoSession =
        ["GET /api/v1/session", "POST /api/v1/session", "DELETE /api/v1/session", "GET /api/v1/session/oidc", "GET /api/v1/session/oidc/callback", "GET /api/v1/open/index.json", "GET /api/v1/open/intersections.geojson", "GET /api/v1/open/measures.csv", "GET /api/v1/open/measures.json", "GET /api/v1/open/schema.json", "GET /metrics", "GET /healthz", "GET /openapi/{documentName}.json"];

    private static readonly string[] Engineers =
        ["POST /api/v1/what-if", "DELETE /api/v1/jobs/{id}", "POST /api/v1/safety-changes", "POST /api/v1/safety-changes/{id}/approve", "GET /api/v1/safety-changes/signals.json"];

    private static readonly string[] Operators = ["POST /api/v1/overrides", "DELETE /api/v1/overrides/{intersection}"];

    private static readonly string[] Administrators = ["GET /api/v1/audit"];

    [Fact]
    public async Task Each_address_asks_for_the_role_that_it_should()
    {
        await using var server = await run.ServeAsync();
        foreach (var (method, path, least) in server.Allowed())
        {
            var name = $"{method} {path}";
            Role? expected = NeedNoSession.Contains(name) ? null : Engineers.Contains(name) ? Role.Engineer : Operators.Contains(name) ? Role.Operator
                : Administrators.Contains(name) ? Role.Administrator : Role.Viewer;
            Assert.True(expected == least, $"{name} asks for {least?.ToString() ?? "nothing"}, and should for {expected?.ToString() ?? "nothing"}");
        }
    }

    [Fact]
    public async Task Every_role_is_refused_wherever_it_is_too_low_and_nobody_everywhere()
    {
        await using var server = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        using var nobody = server.Client();
        var guarded = server.Allowed().Where(r => r.Least is not null).ToList();
        foreach (var (method, path, _) in guarded) await StatusAsync(nobody, method, path, is401: true);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = await server.LogInAsync(TestAccounts.OfRole(role));
            foreach (var (method, path, least) in guarded) await StatusAsync(client, method, path, role < least);
        }

        static async Task StatusAsync(HttpClient client, string method, string path, bool isRefused = false, bool is401 = false)
        {
            using var request = new HttpRequestMessage(new(method), path.Replace("{id}", "J3", StringComparison.Ordinal).Replace("{intersection}", "J3", StringComparison.Ordinal).Replace("{revision}", "1", StringComparison.Ordinal).Replace("jobs/J3", "jobs/1", StringComparison.Ordinal));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode != HttpStatusCode.TooManyRequests, "the test asks too fast");
            if (is401) Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            else Assert.True(isRefused == (answer.StatusCode == HttpStatusCode.Forbidden), $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_session_is_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        await using var server = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        using var client = server.Client(keepsCookies: false);
        using var answer = await client.PostAsJsonAsync("/api/v1/session", new { user = "vera", password = TestAccounts.Password }, TestContext.Current.CancellationToken);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var me = await Asking.ReadAsync(answer, HttpStatusCode.OK);
        Assert.Equal(("vera", "viewer", "kk"), (me.GetProperty("user").GetString(), me.GetProperty("role").GetString(), me.GetProperty("language").GetString()));
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_bound_to_the_host()
    {
        await using var server = await run.ServeAsync(o => o with { Accounts = TestAccounts.All, IsBehindProxy = true });
        using var client = server.Client(keepsCookies: false);
        using var answer = await client.PostAsJsonAsync("/api/v1/session", new { user = "vera", password = TestAccounts.Password }, TestContext.Current.CancellationToken);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-trafficai=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_failures_a_name_waits_there_and_both_known_and_unknown_names_do()
    {
        await using var server = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        using var client = server.Client();
        foreach (var user in (string[])["vera", "nosuchuser"])
        {
            for (var i = 0; i < 5; i++)
                await client.SendAsync(HttpMethod.Post, "/session", new { user, password = "wrong" }, i + (user == "vera" ? 0 : 5) < 10 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests);
        }

        var used = await ControlsAsync(server);
        Assert.Equal(5, used.Count(u => u is { User: "vera", Act: "login", Outcome: "refused", Role: "" }));
        Assert.Equal(5, used.Count(u => u is { User: ControlLog.Nobody, Outcome: "refused" }));
    }

    [Fact]
    public void A_lock_is_over_after_its_time_and_holds_elsewhere_only_against_many()
    {
        var clock = new SteppedClock();
        var lockout = new Lockout(clock);
        for (var i = 0; i < 5; i++) lockout.Fail("vera", "192.0.2.1");
        Assert.True(lockout.IsLocked("vera", "192.0.2.1"));
        Assert.False(lockout.IsLocked("vera", "192.0.2.2"));
        clock.Step(Lockout.Window);
        Assert.False(lockout.IsLocked("vera", "192.0.2.1"));
        for (var i = 0; i < 100; i++) lockout.Fail("vera", $"192.0.2.{i}");
        Assert.True(lockout.IsLocked("vera", "203.0.113.9"));
    }

    [Fact]
    public void A_session_ends_when_nobody_uses_it_and_in_any_case_after_half_a_day()
    {
        var clock = new SteppedClock();
        var sessions = new Sessions(clock);
        var token = sessions.Begin(Session.Local);
        Assert.Null(sessions.Find((token[0] == '0' ? "1" : "0") + token[1..]));
        for (var i = 0; i < 12; i++)
        {
            Assert.NotNull(sessions.Find(token));
            clock.Step(TimeSpan.FromMinutes(59));
        }

        Assert.NotNull(sessions.Find(token));
        clock.Step(TimeSpan.FromMinutes(20));
        Assert.Null(sessions.Find(token));
        var idle = sessions.Begin(Session.Local);
        clock.Step(TimeSpan.FromMinutes(61));
        Assert.Null(sessions.Find(idle));
    }

    [Theory]
    [InlineData(null, null, null, HttpStatusCode.Forbidden)]
    [InlineData("1", "https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("1", "null", null, HttpStatusCode.Forbidden)]
    [InlineData("1", null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("1", null, "same-origin", HttpStatusCode.NoContent)]
    public async Task What_another_site_makes_a_browser_send_is_refused(string? csrf, string? origin, string? site, HttpStatusCode expected)
    {
        await using var server = await run.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/session");
        if (csrf is not null) request.Headers.Add("X-CSRF", csrf);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_name_of_somebody_else_does_not_reach_the_session_of_this_machine()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        client.DefaultRequestHeaders.Host = "rebound.example";
        await client.ProblemAsync("/site", HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task Every_answer_tells_browsers_what_to_refuse()
    {
        await using var server = await run.ServeAsync();
        using var client = server.Client();
        foreach (var path in (string[])["/", "/api/v1/site", "/api/v1/nothing", "/metrics"])
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public void Others_are_served_only_with_accounts_and_https()
    {
        var everywhere = new DashboardOptions(ListenAddress.TryParse("http://0.0.0.0:8080")!);
        Assert.Contains("--accounts", everywhere.Objection, StringComparison.Ordinal);
        Assert.Contains("--behind-proxy", (everywhere with { Accounts = TestAccounts.All }).Objection, StringComparison.Ordinal);
        Assert.Null((everywhere with { Accounts = TestAccounts.All, IsBehindProxy = true }).Objection);
        Assert.Contains("--certificate", (everywhere with { Listen = ListenAddress.TryParse("https://0.0.0.0:8443")!, Accounts = TestAccounts.All }).Objection, StringComparison.Ordinal);
        Assert.Null((everywhere with { Listen = ListenAddress.TryParse("http://[::1]:8080")! }).Objection);
    }

    [Theory, InlineData("ftp://127.0.0.1"), InlineData("8080"), InlineData("http://127.0.0.1/x"), InlineData("http://somewhere.example:80"), InlineData("http://a@127.0.0.1")]
    public void What_is_no_address_is_none(string text) => Assert.Null(ListenAddress.TryParse(text));

    [Fact]
    public void A_hash_tells_its_password_from_others_and_salts_it()
    {
        var (one, other) = (Password.Hash("correct horse battery"), Password.Hash("correct horse battery"));
        Assert.NotEqual(one, other);
        Assert.True(Password.Verify("correct horse battery", one));
        Assert.False(Password.Verify("correct horse batterz", one));
        Assert.False(Password.Verify("", null));
        Assert.False(Password.IsHash(one.Replace("600000", "1", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_accounts_file_is_read_as_it_was_written_and_only_by_its_owner()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("trafficai-accounts").FullName, "accounts.json");
        TestAccounts.All.Write(path);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(TestAccounts.All.Accounts.Select(a => (a.Name, a.Role, a.Password, string.Join(' ', a.Areas), a.Language)).Order(), AccountsFile.Read(path).Accounts.Select(a => (a.Name, a.Role, a.Password, string.Join(' ', a.Areas), a.Language)).Order());
        File.WriteAllText(path, """{"accounts":[{"name":"vera","role":"viewer","password":"in the clear"}]}""");
        Assert.Contains("is not hashed", Assert.Throws<AccountsException>(() => AccountsFile.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, """{"accounts":[{"name":"vera","role":"king","password":"x"}]}""");
        Assert.DoesNotContain('\n', Assert.Throws<AccountsException>(() => AccountsFile.Read(path)).Message);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    internal static async Task<List<ControlUsed>> ControlsAsync(TestServer server)
    {
        var used = new List<ControlUsed>();
        await foreach (var e in server.Control.ReadAllAsync(0, TestContext.Current.CancellationToken))
            if (e.Type == ControlUsed.EventType) used.Add((ControlUsed)EventTypes.Decode(e));
        return used;
    }
}

/// <summary>A clock that goes on when it is told to.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 9, 15, 7, 0, 0, TimeSpan.Zero);

    public void Step(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;
}
