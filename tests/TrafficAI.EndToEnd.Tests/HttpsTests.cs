using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The dashboard by HTTPS, with a certificate that the test makes and the client trusts.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly Checkout files = new();

    private string Log => files.File("run.db");

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Who_trusts_the_certificate_is_served_and_logs_in_over_it()
    {
        await RecordAsync();
        using var certificate = Certificate();
        await WriteAsync(certificate, "site");
        using (var account = Command.Start([], "accounts", "add", "vera", "--role", "viewer", "--accounts", files.File("accounts.json")))
        {
            await account.TellAsync("correct horse battery");
            await account.EndAsync();
            Assert.True(account.ExitCode == 0, account.Errors);
        }

        using var nobody = Trusting(certificate);
        var command = Command.Start([], ["dashboard", Log, "--no-open", .. Options("site"), "--accounts", files.File("accounts.json")]);
        using var dashboard = await ServedDashboard.OfAsync(command, nobody);
        Assert.StartsWith("https://127.0.0.1:", dashboard.Client.BaseAddress!.AbsoluteUri, StringComparison.Ordinal);
        using (var refused = await dashboard.Client.GetAsync("/api/v1/site", TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await dashboard.PostAsync("/session", new { user = "vera", password = "correct horse battery" }, HttpStatusCode.OK);
        using var answer = await dashboard.Client.GetAsync("/api/v1/site", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));
        Assert.Contains("max-age", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.Equal("__Host-trafficai", Assert.Single(nobody.CookieContainer.GetAllCookies()).Name);

        using var stranger = new HttpClient(new SocketsHttpHandler()) { BaseAddress = dashboard.Client.BaseAddress };
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync("/healthz", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_refused_in_a_line()
    {
        await RecordAsync();
        using (var one = Certificate()) await WriteAsync(one, "site");
        using (var other = Certificate()) await File.WriteAllTextAsync(files.File("site.key"), other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await Command.RefusedAsync("--certificate", ["dashboard", Log, "--no-open", .. Options("site")]);
        await Command.RefusedAsync("needs a certificate", "dashboard", Log, "--no-open", "--listen", "https://127.0.0.1:0");
        await Command.RefusedAsync("nowhere.crt", "dashboard", Log, "--no-open", "--listen", "https://127.0.0.1:0", "--certificate", files.File("nowhere.crt"));
    }

    private string[] Options(string name) => ["--listen", "https://127.0.0.1:0", "--certificate", files.File(name + ".crt"), "--key", files.File(name + ".key")];

    private async Task RecordAsync()
    {
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--strategy", "fixed", "--end", "30", "--log", Log);
        Assert.True(run.ExitCode == 0, run.Errors);
    }

    private async Task WriteAsync(X509Certificate2 certificate, string name)
    {
        await File.WriteAllTextAsync(files.File(name + ".crt"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files.File(name + ".key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=trafficai test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificate);
        return new() { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
    }
}
