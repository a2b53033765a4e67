using System.Globalization;
using System.Text.Json;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The four-arm junction, recorded and explained from the log alone.</summary>
public sealed class ExplainTests(ExplainTests.Recorded recorded) : IClassFixture<ExplainTests.Recorded>
{
    private const string At = "00:03:20";

    [Theory]
    [InlineData("en", "Shown: ", "Decided at ", "Safety: ", '.')]
    [InlineData("ru", "На светофоре: ", "Решено в ", "Безопасность: ", ',')]
    [InlineData("kk", "Бағдаршамда: ", " сәтінде шешілді ", "Қауіпсіздік: ", ',')]
    public async Task A_change_of_phase_is_explained_in_words(string language, string shown, string decided, string safety, char decimalSign)
    {
        using var explain = await Command.RunAsync("explain", recorded.Log, "--intersection", "centre", "--at", At, "--language", language);
        Assert.True(explain.ExitCode == 0, explain.Errors);
        var lines = explain.Output.TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 10, 26);
        Assert.Equal($"centre, {At}", lines[0]);
        Assert.StartsWith(shown, lines[1], StringComparison.Ordinal);
        Assert.Contains(decided, lines[2], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith(safety, StringComparison.Ordinal));
        var costs = lines.Where(line => line.Contains(" = ", StringComparison.Ordinal) && line.Contains(decimalSign)).Select(line => Sum(line, decimalSign)).ToList();
        Assert.Equal(4, costs.Count);
        Assert.Equal(costs.Min(), Sum(Assert.Single(lines, line => line.StartsWith("  > ", StringComparison.Ordinal)), decimalSign));
    }

    [Fact]
    public async Task The_json_holds_the_same()
    {
        using var explain = await Command.RunAsync("explain", recorded.Log, "--at", At, "--json", "-");
        Assert.True(explain.ExitCode == 0, explain.Errors);
        var told = JsonDocument.Parse(explain.Output).RootElement;
        Assert.Equal("trafficai.explain.v1", told.GetProperty("schema").GetString());
        var decided = told.GetProperty("decided");
        Assert.Equal(("waiting", "none", "least-cost"), (decided.GetProperty("yardstick").GetString(), decided.GetProperty("guard").GetString(), decided.GetProperty("motive").GetString()));
        var costs = decided.GetProperty("candidates").EnumerateArray().ToDictionary(c => c.GetProperty("phase").GetString()!, c => c.GetProperty("value").GetDouble());
        foreach (var candidate in decided.GetProperty("candidates").EnumerateArray())
            Assert.Equal(candidate.GetProperty("value").GetDouble(), candidate.GetProperty("parts").EnumerateObject().Sum(part => part.Value.GetDouble()), 6);
        Assert.Equal(costs.Values.Min(), costs[decided.GetProperty("wanted").GetString()!]);
        Assert.True(told.GetProperty("outcome").GetProperty("green_from").GetInt64() > decided.GetProperty("second").GetInt64());

        var file = recorded.Files.File("why.json");
        using var both = await Command.RunAsync("explain", recorded.Log, "--at", At, "--json", file);
        Assert.Equal(explain.Output.Trim(), (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim());
        Assert.StartsWith($"centre, {At}", both.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--intersection: the log has no 'center'. Did you mean 'centre'?", "--intersection", "center", "--at", At)]
    [InlineData("--at 00:20:00: the log holds 00:00:00 to 00:05:00.", "--at", "00:20:00")]
    [InlineData("--at: 'noon' is no time.", "--at", "noon")]
    [InlineData("--language: there is no 'de'. Choose one of en, ru, kk.", "--at", At, "--language", "de")]
    [InlineData("Option '--at' is required.")]
    [InlineData("its folder does not exist", "--at", At, "--json", "/no/such/folder/why.json")]
    public async Task Bad_input_is_one_line(string complaint, params string[] arguments)
    {
        using var explain = await Command.RunAsync(["explain", recorded.Log, .. arguments]);
        Assert.Equal(2, explain.ExitCode);
        Assert.Contains(complaint, Assert.Single(explain.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_a_run_is_one_line()
    {
        var (empty, exported) = (recorded.Files.File("empty.db"), recorded.Files.File("empty.jsonl"));
        await File.WriteAllTextAsync(exported, "", TestContext.Current.CancellationToken);
        using var import = await Command.RunAsync("log", "import", exported, empty);
        using var explain = await Command.RunAsync("explain", empty, "--at", "1");
        Assert.Equal(2, explain.ExitCode);
        Assert.Contains("the log holds no run", Assert.Single(explain.Complaints), StringComparison.Ordinal);
    }

    private static decimal Sum(string row, char decimalSign)
    {
        var sum = row[(row.LastIndexOf("  ", StringComparison.Ordinal) + 2)..].Split(';')[0].Replace(decimalSign, '.').Split(" = ");
        var total = decimal.Parse(sum[0], CultureInfo.InvariantCulture);
        Assert.Equal(total, sum[1].Split(" + ").Sum(part => decimal.Parse(part, CultureInfo.InvariantCulture)));
        return total;
    }

    /// <summary>Five minutes under adaptive control.</summary>
    public sealed class Recorded : IAsyncLifetime
    {
        internal Checkout Files { get; } = new();

        public string Log => Files.File("run.db");

        public async ValueTask InitializeAsync()
        {
            using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--end", "300", "--log", Log);
            Assert.True(run.ExitCode == 0, run.Errors);
        }

        public ValueTask DisposeAsync()
        {
            Files.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
