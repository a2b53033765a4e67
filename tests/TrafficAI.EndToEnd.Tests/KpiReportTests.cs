using System.Text.Json;
using System.Text.RegularExpressions;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Measures as a page and as a PDF file.</summary>
public sealed partial class KpiReportTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("en", "How each figure is made")]
    [InlineData("ru", "Как получен каждый показатель")]
    [InlineData("kk", "Әр көрсеткіш қалай алынған")]
    public async Task The_page_has_the_figures_and_how_each_is_made_and_fetches_nothing(string language, string heading)
    {
        await RecordAsync();
        using var kpi = await Command.RunAsync("kpi", files.File("run.db"), "--language", language, "--html", files.File("report.html"), "--json", files.File("kpi.json"));
        Assert.True(kpi.ExitCode == 0, kpi.Errors);
        var page = await File.ReadAllTextAsync(files.File("report.html"), TestContext.Current.CancellationToken);
        Assert.Contains(heading, page, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Fetches(), page);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(files.File("kpi.json"), TestContext.Current.CancellationToken));
        foreach (var definition in json.RootElement.GetProperty("definitions").EnumerateArray())
        {
            Assert.Contains(Escaped(definition, "name"), page, StringComparison.Ordinal);
            Assert.Contains(Escaped(definition, "formula"), page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_is_printed_where_there_is_a_browser_and_said_in_a_line_where_there_is_none()
    {
        await RecordAsync();
        using var printed = await Command.RunAsync("kpi", files.File("run.db"), "--pdf", files.File("report.pdf"));
        Assert.True(printed.ExitCode == 0, printed.Errors);
        var bytes = await File.ReadAllBytesAsync(files.File("report.pdf"), TestContext.Current.CancellationToken);
        Assert.Equal("%PDF-"u8.ToArray(), bytes[..5]);
        Assert.True(bytes.Length > 20_000, $"{bytes.Length} bytes");
        using var without = Command.Start([("PATH", "/nowhere")], "kpi", files.File("run.db"), "--pdf", files.File("other.pdf"));
        await without.EndAsync();
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("no chromium", Assert.Single(without.Complaints), StringComparison.Ordinal);
    }

    private static string Escaped(JsonElement definition, string member) => definition.GetProperty(member).GetString()!
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    private async Task RecordAsync()
    {
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--strategy", "fixed", "--end", "300", "--log", files.File("run.db"));
        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [GeneratedRegex("<script|src=|href=|@import|url\\(")]
    private static partial Regex Fetches();
}
