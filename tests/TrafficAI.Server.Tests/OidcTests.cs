using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Server.Access;
using TrafficAI.Server.Access.Oidc;

namespace TrafficAI.Server.Tests;

/// <summary>Logging in with the identity provider of an organisation.</summary>
public sealed class OidcTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    [Fact]
    public async Task Who_has_a_role_gets_a_session_of_ours_and_no_token()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.Person = Person("aigerim", "traffic-viewers", "traffic-operators");
        await using var server = await ServeAsync(provider);
        using var browser = server.Client();
        var before = await browser.ProblemAsync("/session", HttpStatusCode.Unauthorized);
        Assert.Equal(["password", "oidc"], before.GetProperty("ways").EnumerateArray().Select(way => way.GetString()!));

        var (landed, seen) = await LogInAsync(browser, server);
        Assert.Equal("/", landed);
        Assert.DoesNotContain(seen, text => text.Contains("access-token-of-nobody", StringComparison.Ordinal) || text.Contains("eyJ", StringComparison.Ordinal));
        var me = await browser.GetJsonAsync("/session");
        Assert.Equal(("aigerim@127.0.0.1", "operator", "kk"), (me.GetProperty("user").GetString(), me.GetProperty("role").GetString(), me.GetProperty("language").GetString()));
        Assert.Equal(["J3", "J5"], me.GetProperty("areas").EnumerateArray().Select(area => area.GetString()!));
        await browser.GetJsonAsync("/site");
        var login = Assert.Single(await AccessTests.ControlsAsync(server));
        Assert.Equal(("aigerim@127.0.0.1", "operator", "login", "done", "oidc 127.0.0.1 sub 0815"), (login.User, login.Role, login.Act, login.Outcome, login.Detail));
        Assert.Equal(1, provider.Exchanged);
        await browser.SendAsync(HttpMethod.Delete, "/session", null, HttpStatusCode.NoContent);
        await browser.ProblemAsync("/site", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Local_accounts_stay_beside_it()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ServeAsync(provider);
        using var client = await server.LogInAsync("vera");
        Assert.Equal("viewer", (await client.GetJsonAsync("/session")).GetProperty("role").GetString());
    }

    [Theory]
    [InlineData("cleaners", "has no role here")]
    [InlineData("", "has no role here")]
    public async Task Who_has_no_role_is_recorded_and_not_let_in(string group, string why)
    {
        await using var provider = await TestProvider.StartAsync();
        provider.Person = Person("stranger", group);
        await RefusedAsync(provider, why);
    }

    [Theory, InlineData("nonce"), InlineData("aud"), InlineData("iss"), InlineData("exp"), InlineData("key")]
    public async Task A_token_that_is_not_for_this_login_lets_nobody_in(string wrong)
    {
        await using var provider = await TestProvider.StartAsync();
        provider.Person = Person("aigerim", "traffic-operators");
        provider.Bend = claims =>
        {
            if (wrong == "key") return true;
            claims[wrong] = wrong == "exp" ? JsonValue.Create(DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()) : JsonValue.Create("another");
            return false;
        };
        await RefusedAsync(provider, "");
    }

    [Theory, InlineData("POST"), InlineData("PUT"), InlineData("DELETE"), InlineData("HEAD")]
    public async Task Only_a_browser_that_is_sent_back_is_listened_to_and_nothing_else_is_recorded(string method)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ServeAsync(provider);
        using var client = server.Client();
        for (var i = 0; i < 150; i++)
        {
            using var request = new HttpRequestMessage(new(method), "/api/v1/session/oidc/callback?error=no&state=none");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal(["GET"], answer.Content.Headers.Allow);
        }

        Assert.Empty(await AccessTests.ControlsAsync(server));
    }

    [Theory, InlineData("/signin-oidc"), InlineData("/signout-oidc"), InlineData("/signout-callback-oidc")]
    public async Task No_other_address_of_the_package_answers(string path)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ServeAsync(provider);
        using var client = server.Client();
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("Aigerim", "aigerim@id.example")]
    [InlineData("Aigerim@city.example", "aigerim@city.example")]
    [InlineData("aigerim@id.example", null)]
    [InlineData("Aigerim@ID.example", null)]
    [InlineData("ai\u212Aerim", null)]
    [InlineData("ai gerim", null)]
    [InlineData("", null)]
    public void A_name_is_plain_and_belongs_to_one_person(string claim, string? name)
    {
        if (name is not null) Assert.Equal(name, OidcPeople.SessionOf(Principal(claim), Organisation).User);
        else Assert.Contains("preferred_username", Assert.Throws<OidcRefusedException>(() => OidcPeople.SessionOf(Principal(claim), Organisation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_its_host_is_no_longer_than_an_order_may_tell()
    {
        var longest = new string('a', OperatorDesk.LongestName - "@id.example".Length);
        Assert.Equal(OperatorDesk.LongestName, OidcPeople.SessionOf(Principal(longest), Organisation).User.Length);
        Assert.Throws<OidcRefusedException>(() => OidcPeople.SessionOf(Principal(longest + "a"), Organisation));
    }

    [Fact]
    public void No_account_has_the_name_of_the_timetable()
    {
        Assert.False(Account.IsName(OperatorDesk.Timetable));
        Assert.True(Account.IsName("timetable2"));
    }

    [Fact]
    public async Task A_code_that_another_browser_began_to_fetch_is_worth_nothing()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.Person = Person("aigerim", "traffic-operators");
        await using var server = await ServeAsync(provider);
        using var one = server.Client();
        using var other = server.Client();
        using var away = await one.GetAsync("/api/v1/session/oidc", TestContext.Current.CancellationToken);
        using var back = await other.GetAsync(away.Headers.Location, TestContext.Current.CancellationToken);
        using var landed = await other.GetAsync(back.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal("/?login=failed", landed.Headers.Location!.OriginalString);
        await other.ProblemAsync("/site", HttpStatusCode.Unauthorized);
        Assert.Equal(0, provider.Exchanged);
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_such_way_and_one_that_is_away_is_told()
    {
        await using var without = await run.ServeAsync(o => o with { Accounts = TestAccounts.All });
        using var client = without.Client();
        Assert.Equal(["password"], (await client.ProblemAsync("/session", HttpStatusCode.Unauthorized)).GetProperty("ways").EnumerateArray().Select(way => way.GetString()!));
        await client.ProblemAsync("/session/oidc", HttpStatusCode.NotFound);
        await using var alone = await run.ServeAsync();
        using var local = alone.Client();
        Assert.Equal(0, (await local.GetJsonAsync("/session")).GetProperty("ways").GetArrayLength());

        var gone = await TestProvider.StartAsync();
        await using var server = await ServeAsync(gone);
        await gone.DisposeAsync();
        using var browser = server.Client();
        await browser.ProblemAsync("/session/oidc", HttpStatusCode.BadGateway);
    }

    [Theory]
    [InlineData("""{"authority":"http://id.example","clientId":"t","roles":[{"value":"a","role":"viewer"}]}""", "https://")]
    [InlineData("""{"authority":"https://id.example","clientId":"","roles":[{"value":"a","role":"viewer"}]}""", "clientId")]
    [InlineData("""{"authority":"https://id.example","clientId":"t","roles":[]}""", "roles is empty")]
    [InlineData("""{"authority":"https://id.example","clientId":"t"}""", "docs/access.md")]
    [InlineData("""{"authority":"https://id.example","clientId":"t","secret":"x","roles":[]}""", "docs/access.md")]
    [InlineData("""{"authority":"https://id.example","clientId":"t","secretVariable":"NOT_SET","roles":[{"value":"a","role":"viewer"}]}""", "NOT_SET")]
    [InlineData("""{"authority":"https://id.example","clientId":"t","secretFile":"nowhere","roles":[{"value":"a","role":"viewer"}]}""", "nowhere")]
    public void A_file_that_cannot_be_used_says_so_in_a_line(string text, string says)
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-oidc");
        var path = Path.Combine(folder.FullName, "oidc.json");
        File.WriteAllText(path, text);
        var message = Assert.Throws<AccountsException>(() => OidcFile.Read(path, _ => null)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_secret_is_read_from_where_the_file_says()
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-oidc");
        var path = Path.Combine(folder.FullName, "oidc.json");
        File.WriteAllText(Path.Combine(folder.FullName, "secret"), "hush\n");
        File.WriteAllText(path, """{"authority":"https://id.example","clientId":"t","secretFile":"secret","roles":[{"value":"a","role":"engineer"}]}""");
        Assert.Equal("hush", OidcFile.Read(path, _ => null).Secret);
        File.WriteAllText(path, """{"authority":"https://id.example","clientId":"t","secretVariable":"S","roles":[{"value":"a","role":"engineer"}]}""");
        Assert.Equal("loud", OidcFile.Read(path, name => name == "S" ? "loud" : null).Secret);
        folder.Delete(recursive: true);
    }

    private static OidcFile Organisation => new(new("https://id.example"), TestProvider.ClientId, null, "groups", "preferred_username", [], [new("traffic-viewers", Role.Viewer, [])]);

    private static ClaimsPrincipal Principal(string name) => new(new ClaimsIdentity([new("preferred_username", name), new("groups", "traffic-viewers")]));

    private static JsonObject Person(string name, params string[] groups) => new()
    {
        ["preferred_username"] = name, ["locale"] = "kk-KZ", ["groups"] = new JsonArray([.. groups.Select(group => (JsonNode)group)]),
    };

    private async Task<TestServer> ServeAsync(TestProvider provider) => await run.ServeAsync(o => o with
    {
        Accounts = TestAccounts.All,
        Oidc = new(provider.Address, TestProvider.ClientId, TestProvider.Secret, "groups", "preferred_username", ["profile"],
            [new("traffic-viewers", Role.Viewer, []), new("traffic-operators", Role.Operator, ["J3"]), new("traffic-operators", Role.Operator, ["J5"])]),
    });

    private async Task RefusedAsync(TestProvider provider, string why)
    {
        await using var server = await ServeAsync(provider);
        using var browser = server.Client();
        var (landed, _) = await LogInAsync(browser, server);
        Assert.Equal("/?login=failed", landed);
        await browser.ProblemAsync("/site", HttpStatusCode.Unauthorized);
        var tried = Assert.Single(await AccessTests.ControlsAsync(server));
        Assert.Equal((ControlLog.Nobody, "login", "refused"), (tried.User, tried.Act, tried.Outcome));
        Assert.Contains(why, tried.Detail, StringComparison.Ordinal);
    }

    /// <summary>Goes where a browser is sent, until it lands on a page.</summary>
    /// <returns>The page, and everything that the browser was shown on the way by our server.</returns>
    private static async Task<(string Landed, List<string> Seen)> LogInAsync(HttpClient browser, TestServer server)
    {
        var seen = new List<string>();
        var at = new Uri(server.Address, "/api/v1/session/oidc");
        for (var step = 0; step < 5; step++)
        {
            using var answer = await browser.GetAsync(at, TestContext.Current.CancellationToken);
            if (at.Authority == server.Address.Authority) seen.Add(answer.Headers + await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            if (!answer.Headers.Location!.IsAbsoluteUri) return (answer.Headers.Location.OriginalString, seen);
            at = answer.Headers.Location;
        }

        throw new InvalidOperationException("The browser is sent in circles.");
    }
}
