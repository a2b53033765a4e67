using System.Globalization;

namespace TrafficAI.Dashboard.Tests;

/// <summary>Two hundred intersections that change every second. Times are printed, not judged: they are the machine's; what must hold is that the page keeps up.</summary>
public sealed class SpeedTests(Browser browser, ITestOutputHelper output) : DashboardTest(browser, "--count 200")
{
    private const int Seconds = 8;

    [Fact]
    public async Task The_first_view_lists_the_worst()
    {
        await using var visit = await OpenAsync("city", map: true);
        await visit.Page.Locator(".city-side table tbody tr").First.WaitForAsync();
        var time = await visit.Page.EvaluateAsync<double>("performance.now()");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first view of 200 intersections, from navigation to the list of the worst: {time:0} ms"));
        Assert.Equal(10, await visit.Page.Locator(".city-side table tbody tr").CountAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Two_hundred_intersections_that_change_each_second_are_kept_up_with()
    {
        await using var visit = await OpenAsync("city", map: true);
        await visit.Page.Locator(".rank").Nth(9).WaitForAsync();
        await visit.Page.WaitForTimeoutAsync(4000); // the map is being drawn for the first time
        var begin = await visit.Page.Locator(".header-time").InnerTextAsync();
        var frames = await visit.Page.EvaluateAsync<double[]>(
            $$"""
            () => new Promise(done => {
              const times = [], seen = new Set(); let last = performance.now();
              const next = now => {
                times.push(now - last); last = now; seen.add(document.querySelector('.header-time').textContent);
                if (seen.size <= {{Seconds}}) requestAnimationFrame(next); else done(times.slice(1));
              };
              requestAnimationFrame(next);
            })
            """);
        Array.Sort(frames);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{frames.Length} frames in {Seconds} s of the street: median {frames[frames.Length / 2]:0.0} ms, p95 {frames[frames.Length * 95 / 100]:0.0} ms, p99 {frames[frames.Length * 99 / 100]:0.0} ms, longest {frames[^1]:0.0} ms"));
        var shown = TimeSpan.Parse(await visit.Page.Locator(".header-time").InnerTextAsync(), CultureInfo.InvariantCulture) - TimeSpan.Parse(begin, CultureInfo.InvariantCulture);
        Assert.InRange(shown.TotalSeconds, Seconds, 86_400);
        Assert.Empty(visit.Complaints);
    }
}
