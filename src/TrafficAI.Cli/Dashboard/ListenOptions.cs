using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TrafficAI.Server;
using TrafficAI.Server.Access;
using TrafficAI.Server.Access.Oidc;

namespace TrafficAI.Cli.Dashboard;

/// <summary>The options of commands that serve a dashboard.</summary>
internal sealed class ListenOptions
{
    private readonly Option<string?> accounts = new("--accounts") { Description = "Who may log in (docs/access.md). Without it only this machine is served, and who sits there is an operator." };

    private readonly Option<string?> oidc = new("--oidc") { Description = "The identity provider with which people of an organisation log in (docs/access.md)." };

    private readonly Option<string?> certificate = new("--certificate") { Description = "For https://: the certificate with its chain, in PEM." };

    private readonly Option<string?> key = new("--key") { Description = "For https://: its private key, in PEM." };

    private readonly Option<bool> behindProxy = new("--behind-proxy") { Description = "A proxy in front of it speaks HTTPS, and names clients by X-Forwarded-For; nobody else can reach the address." };

    private readonly Option<string?> otlp = new("--otlp") { Description = "Send traces and measures to a collector by OTLP over HTTP, such as http://127.0.0.1:4318." };

    /// <param name="byDefault">The address where none is named; null for not at all.</param>
    public ListenOptions(string? byDefault)
    {
        Listen = new("--listen") { Description = byDefault is null ? "Serve the dashboard here, such as http://127.0.0.1:8080." : "Where to serve." };
        if (byDefault is not null) Listen.DefaultValueFactory = _ => byDefault;
    }

    public Option<string?> Listen { get; }

    public Option<bool> NoOpen { get; } = new("--no-open") { Description = "Open no browser." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Listen, accounts, oidc, certificate, key, behindProxy, otlp }) command.Options.Add(option);
    }

    /// <summary>How to serve; null for not at all.</summary>
    /// <exception cref="InputException">It cannot be served so.</exception>
    public DashboardOptions? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Listen) is not { } text) return null;
        var address = ListenAddress.TryParse(text)
            ?? throw new InputException($"--listen: '{text}' is no address. Write http://127.0.0.1:8080, with port 0 for a free one.");
        var provider = parsed.GetValue(oidc) is { } file ? OidcFile.Read(file, Environment.GetEnvironmentVariable) : null;
        var options = new DashboardOptions(address)
        {
            Accounts = parsed.GetValue(accounts) is { } path ? AccountsFile.Read(path) : provider is null ? null : AccountsFile.Empty,
            Oidc = provider,
            Certificate = CertificateOf(parsed.GetValue(certificate), parsed.GetValue(key)),
            IsBehindProxy = parsed.GetValue(behindProxy),
            Collector = CollectorOf(parsed.GetValue(otlp)),
        };
        return options.Objection is { } objection ? throw new InputException($"--listen {text}: {objection}") : options;
    }

    private static Uri? CollectorOf(string? text) => text is null ? null
        : Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new InputException($"--otlp: '{text}' is no address. Write http://127.0.0.1:4318.");

    private static X509Certificate2? CertificateOf(string? certificate, string? key)
    {
        if (certificate is null) return key is null ? null : throw new InputException("--key: --certificate is missing.");
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InputException($"--certificate {certificate}: {e.Message.ReplaceLineEndings(" ")} Give the certificate and with --key its private key, both in PEM.");
        }
    }
}
