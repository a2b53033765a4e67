using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace TrafficAI.Dashboard.Tests;

/// <summary>The time-space diagram, and what is there where a site has none.</summary>
public sealed class CorridorTests(Browser browser) : DashboardTest(browser)
{
    /// <summary>Whether the diagram has at least a hundred pixels of a colour of the theme: it is drawn once its answer is there.</summary>
    private const string IsDrawn =
        """
        name => {
          const [r, g, b] = getComputedStyle(document.documentElement).getPropertyValue(name).match(/[0-9a-f]{2}/g).map(x => parseInt(x, 16));
          const canvas = document.querySelector('canvas.time-space'), { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let found = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 60 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 60) found++;
          return found >= 100;
        }
        """;

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Vehicles_of_both_directions_are_drawn_and_counted(int width)
    {
        await using var visit = await OpenAsync("corridor", width: width);
        await visit.SeeAsync("corridor.vehicle");
        await visit.SeeAsync("corridor.vehicle-back");
        await visit.Page.Locator("#corridor-note", new() { HasTextRegex = new(@"Ways of vehicles: [1-9]\d+;") }).WaitForAsync();
        foreach (var name in (string[])["--space-vehicle", "--space-vehicle-back"])
            await visit.Page.WaitForFunctionAsync(IsDrawn, name);
    }

    [Fact]
    public async Task One_goes_back_in_time_and_returns()
    {
        await using var visit = await OpenAsync("corridor");
        await visit.SeeAsync("corridor.outbound");
        await visit.Page.GetByText(visit.Text("corridor.earlier")).ClickAsync();
        var back = visit.Page.GetByText(visit.Text("intersection.to-now"));
        await back.WaitForAsync();
        Assert.Contains("at=", visit.Page.Url, StringComparison.Ordinal);
        await back.ClickAsync();
        await back.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task A_site_without_corridors_says_what_to_write_with_a_street_of_its_own()
    {
        await using var visit = await OpenAsync("health");
        await visit.Page.RouteAsync("**/api/v1/site", async route =>
        {
            var answer = await route.FetchAsync();
            var site = JsonNode.Parse(await answer.TextAsync())!;
            site["corridors"] = new JsonArray();
            await route.FulfillAsync(new() { Response = answer, Body = site.ToJsonString() });
        });
        await visit.Page.ReloadAsync();
        await visit.SeeAsync("health.connections");
        await visit.GoAsync("corridor");
        await visit.SeeAsync("corridor.none");
        Assert.Matches(@"""intersections"": \[""FX-\d+"", ""FX-\d+"", ""FX-\d+""", await visit.Page.Locator("pre").InnerTextAsync());
    }
}
