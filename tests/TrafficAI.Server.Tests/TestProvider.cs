using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace TrafficAI.Server.Tests;

/// <summary>A small OpenID provider on this machine: authorisation code with PKCE (RFC 6749, RFC 7636, OpenID Connect Core 1.0), strict in what it takes. Whoever comes is logged in at once.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "trafficai";
    public const string Secret = "a secret of the client";

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, IQueryCollection> codes = new();

    private TestProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>What it says of whoever comes, besides what every token has.</summary>
    public JsonObject Person { get; set; } = [];

    /// <summary>Bends a token before it is signed; it may be signed by a key of somebody else.</summary>
    public Func<JsonObject, bool> Bend { get; set; } = _ => false;

    /// <summary>Codes that were exchanged for tokens.</summary>
    public int Exchanged { get; private set; }

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Describe);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private string Issuer => Address.AbsoluteUri.TrimEnd('/');

    private IResult Describe() => Results.Text(
        new JsonObject
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = Issuer + "/authorize", ["token_endpoint"] = Issuer + "/token", ["jwks_uri"] = Issuer + "/keys",
            ["response_types_supported"] = new JsonArray("code"), ["subject_types_supported"] = new JsonArray("public"), ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        }.ToJsonString(),
        "application/json");

    private IResult Keys()
    {
        var open = key.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = "1", ["alg"] = "RS256", ["n"] = Base64Url.EncodeToString(open.Modulus), ["e"] = Base64Url.EncodeToString(open.Exponent) };
        return Results.Text(new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString(), "application/json");
    }

    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query;
        Assert.Equal((ClientId, "code", "S256"), (asked["client_id"].ToString(), asked["response_type"].ToString(), asked["code_challenge_method"].ToString()));
        Assert.Contains("openid", asked["scope"].ToString().Split(' '));
        foreach (var name in (string[])["state", "nonce", "code_challenge"]) Assert.False(string.IsNullOrEmpty(asked[name]), name);
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        codes[code] = asked;
        return Results.Redirect($"{asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(asked["state"].ToString())}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!codes.TryRemove(form["code"].ToString(), out var asked)) return Results.BadRequest(new { error = "invalid_grant" });
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (challenge != asked["code_challenge"] || form["redirect_uri"] != asked["redirect_uri"] || form["client_secret"] != Secret || form["client_id"] != ClientId) return Results.BadRequest(new { error = "invalid_client" });
        Exchanged++;
        return Results.Text(
            new JsonObject { ["access_token"] = "access-token-of-nobody", ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = TokenOf(asked["nonce"].ToString()) }.ToJsonString(), "application/json");
    }

    private string TokenOf(string nonce)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = ClientId, ["sub"] = "0815", ["iat"] = now, ["exp"] = now + 300, ["nonce"] = nonce };
        foreach (var (name, value) in Person) claims[name] = value?.DeepClone();
        using var other = RSA.Create(2048);
        var signer = Bend(claims) ? other : key;
        var text = $"{Part(new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = "1" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(signer.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
