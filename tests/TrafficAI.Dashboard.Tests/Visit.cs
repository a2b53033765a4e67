using System.Text.Json;
using Microsoft.Playwright;

namespace TrafficAI.Dashboard.Tests;

/// <summary>Somebody's look at the dashboard: the page, and what went wrong meanwhile.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private const string WithoutWebGl = "const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind === 'webgl2' ? null : get.call(this, kind, ...more); };";

    /// <summary>How long anything may take before a test gives up, ms: a machine that builds and simulates beside it is slow.</summary>
    private const float Patience = 120_000;

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private string language;

    private Visit(IBrowserContext context, IPage page, string address, string language)
    {
        (this.context, Page, Address, this.language) = (context, page, address, language);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add($"console: {message.Text}"); };
        page.PageError += (_, error) => complaints.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal)) complaints.Add($"request to {request.Url}");
        };
    }

    public IPage Page { get; }

    public string Address { get; }

    /// <summary>Errors on the console, and requests that leave the server.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <param name="role">Who signs in; null for nobody.</param>
    /// <param name="map">Whether the browser can draw maps, which it does in software: most of what a test costs.</param>
    public static async Task<Visit> OpenAsync(IBrowser browser, string address, string route, string? role = null, string language = "en", string theme = "light", int width = 1440, int height = 900, bool map = true)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, AcceptDownloads = true, ReducedMotion = ReducedMotion.Reduce });
        await context.AddInitScriptAsync($"localStorage.getItem('trafficai.language') ?? localStorage.setItem('trafficai.language', '{language}'); localStorage.setItem('trafficai.theme', '{theme}');");
        if (!map) await context.AddInitScriptAsync(WithoutWebGl);
        if (role is not null)
            await context.APIRequest.PostAsync($"{address}/api/v1/session", new() { DataObject = new { user = role, password = "fixture" }, Headers = [new("X-CSRF", "1")] });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page, address, language);
        await page.GotoAsync($"{address}/#/{route}");
        return visit;
    }

    /// <summary>Goes to another view of the page that is open, as a link in it does.</summary>
    public Task GoAsync(string route) => Page.EvaluateAsync("route => { location.hash = `#/${route}`; }", route);

    /// <summary>Chooses a language in the header.</summary>
    public async Task SpeakAsync(string chosen)
    {
        await Page.GetByLabel(Text("header.language")).SelectOptionAsync(chosen);
        language = chosen;
        await Page.WaitForFunctionAsync("language => document.documentElement.lang === language", chosen);
    }

    public string Text(string key) => Texts.Of(language, key);

    /// <summary>Waits for a text of the dashboard's own, by key.</summary>
    public Task SeeAsync(string key) => Page.GetByText(Text(key), new() { Exact = true }).First.WaitForAsync();

    public ILocator Button(string key) => Page.GetByRole(AriaRole.Button, new() { Name = Text(key), Exact = true });

    /// <summary>What axe-core finds against WCAG 2.2 A and AA, a line each.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(WebFolder.PathOf("node_modules/axe-core/axe.min.js")));
        var found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary}`))");
        return [.. found.EnumerateArray().Select(line => line.GetString()!)];
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
