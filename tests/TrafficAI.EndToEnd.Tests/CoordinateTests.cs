using System.Text.Json;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Offsets as their user gets them: computed, driven, written, and driven again from the file.</summary>
public sealed class CoordinateTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Offsets_are_printed_within_a_second_of_search()
    {
        using var command = await Command.RunAsync("coordinate", Checkout.Corridor, "--no-refine");
        Assert.True(command.ExitCode == 0, command.Errors);
        Assert.Contains("8 junctions, 2180 m, cycle 90 s", command.Output, StringComparison.Ordinal);
        Assert.Matches(@"J2 +\d+ s +90 s", command.Output);
        Assert.Matches(@"J6 +\d+ s +45 s", command.Output);
        Assert.Matches(@"out 16 of at most 21 s, in 17 of at most 21 s, 78\.6 % of the bound; no whole-second offsets give more \(\d{1,3} ms\)", command.Output);
    }

    [Fact]
    public async Task Driven_with_the_offsets_the_street_has_less_delay_than_without()
    {
        var (programs, page, figures, run) = (files.File("offsets.add.xml"), files.File("wave.html"), files.File("wave.json"), files.File("run.json"));
        using var command = await Command.RunAsync("coordinate", Checkout.Corridor, "--end", "900", "--out", programs, "--html", page, "--json", figures);
        Assert.True(command.ExitCode == 0, command.Errors);
        var measured = Read(figures).GetProperty("measured");
        var kept = measured.GetProperty("trials").EnumerateArray().Single(t => t.GetProperty("name").GetString() == measured.GetProperty("kept").GetString());
        Assert.Equal(3, measured.GetProperty("seeds").GetArrayLength());
        Assert.True(kept.GetProperty("mean_delay_s").GetDouble() < 0.8 * measured.GetProperty("as_it_was").GetProperty("mean_delay_s").GetDouble(), measured.ToString());
        Assert.Contains("</html>", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var again = await Command.RunAsync("simulate", Checkout.Corridor, "--strategy", "fixed", "--end", "900", "--seed", "2", "--programs", programs, "--json", run);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(kept.GetProperty("delays_s")[1].GetDouble(), Read(run).GetProperty("delay_s").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task A_recorded_day_weighs_the_directions()
    {
        var (log, figures) = (files.File("run.db"), files.File("wave.json"));
        using var day = await Command.RunAsync("simulate", Checkout.Corridor, "--strategy", "fixed", "--end", "600", "--log", log);
        using var command = await Command.RunAsync("coordinate", Checkout.Corridor, "--no-refine", "--log", log, "--json", figures);
        Assert.True(command.ExitCode == 0, command.Errors);
        Assert.True(Read(figures).GetProperty("weight_out").GetInt64() > Read(figures).GetProperty("weight_in").GetInt64(), "more vehicles drive eastward");
    }

    [Theory]
    [InlineData("--corridor: there is no 'main'", "--corridor", "main")]
    [InlineData("--corridor: no way leads from 'J1' to 'J3' without passing another light", "--corridor", "J1,J3")]
    [InlineData("--cycle must be from 10 to 600, not 5.", "--cycle", "5")]
    [InlineData("--speed must be from 5 to 150 km/h.", "--speed", "0")]
    [InlineData("Choose a longer --cycle", "--cycle", "20")]
    [InlineData("Choose site, R+ or S.", "--class", "R")]
    public async Task Bad_input_is_one_line(string complaint, params string[] options)
    {
        using var command = await Command.RunAsync(["coordinate", Checkout.Corridor, "--no-refine", .. options]);
        Assert.Equal(2, command.ExitCode);
        Assert.Contains(complaint, Assert.Single(command.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_of_programmes_is_named()
    {
        using var command = await Command.RunAsync("simulate", Checkout.Corridor, "--programs", files.File("none.xml"));
        Assert.Equal(2, command.ExitCode);
        Assert.Contains("there is no such file of programmes", Assert.Single(command.Complaints), StringComparison.Ordinal);
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;
}
