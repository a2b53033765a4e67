using System.Text.RegularExpressions;
using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>A street of several intersections behind a broker with TLS: each controller has a connection and a certificate of its own, and the rights of its name.</summary>
public sealed partial class OwnCertificateTests : IDisposable
{
    private readonly FieldSite<SecureBroker> site = new(new(Checkout.Root(), [.. Enumerable.Range(1, 8).Select(number => $"J{number}")]));

    private string Folder => Path.GetDirectoryName(site.Broker.PathOf("ca.crt"))!;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task All_of_them_get_plans()
    {
        await site.WriteSiteAsync("class: S\nsensing: loops\n", Checkout.Corridor);
        using var serve = Command.Start([], ["serve", "--bus", site.Broker.Url("server"), .. site.Server]);
        await serve.SaysAsync("8 intersections at mqtts://");
        using var street = await Command.RunAsync([.. Street(Folder), "--end", "20"]);
        Assert.True(street.ExitCode == 0, street.Errors);
        await serve.StopAsync();

        Assert.True(PlansOfAll().IsMatch(street.Output), street.Output + street.Errors);
        Assert.Contains("bus             8 connections", street.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_is_missing_is_named_in_one_line()
    {
        await site.WriteSiteAsync(scenario: Checkout.Corridor);
        File.Delete(Path.Combine(Folder, "J5.crt"));
        await Command.RefusedAsync("J5.crt", Street(Folder));
    }

    /// <summary>One that is sent again, since a busy machine answered late, is accepted again.</summary>
    [GeneratedRegex("plans +(1[5-9]|[2-9][0-9])[0-9] accepted, .* 0 waited for in vain")]
    private static partial Regex PlansOfAll();

    private string[] Street(string certificates) =>
    [
        "controllers", Checkout.Corridor, "--bus", site.Broker.Url("localhost", $"?ca={site.Broker.PathOf("ca.crt")}"), "--keys", site.Keys, "--certificates", certificates,
        "--class", "S", "--sensing", "loops",
    ];
}
