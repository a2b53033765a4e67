namespace TrafficAI.Tidy.Tests;

/// <summary>
/// Runs every <c>sh</c> block of the README files and of the tutorial with bash, in order, in one folder that holds the launcher and a copy of the
/// scenarios. A <c>text</c> block after it shows what it prints.
/// </summary>
public sealed class ReadmeTests
{
    public static TheoryData<string> Readmes =>
        [.. Directory.EnumerateFiles(Repository.PathOf("simulations"), "README.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal).Prepend("docs/tutorial.md").Prepend("README.md")];

    [Theory, MemberData(nameof(Readmes))]
    public async Task Commands_run_and_print_what_is_shown(string readme)
    {
        var complaints = await RunAsync(await File.ReadAllTextAsync(Repository.PathOf(readme), TestContext.Current.CancellationToken));
        Assert.True(complaints.Count == 0, $"{readme}:{string.Join('\n', complaints)}");
    }

    [Theory]
    [InlineData("```sh\ntrue\nfalse\ntrue\n```", "exit code 1")]
    [InlineData("```sh\necho one\n```\n\n```text\none\ntwo\n```", "two")]
    public async Task A_block_that_fails_is_caught(string markdown, string complaint) =>
        Assert.Contains(complaint, Assert.Single(await RunAsync(markdown)), StringComparison.Ordinal);

    [Fact]
    public async Task A_block_that_keeps_its_word_passes() =>
        Assert.Empty(await RunAsync("```sh\necho made 12 in 0.3 s > a\n```\n```sh\ncat a\nls simulations\n```\n```text\nmade 12 in … s\nfour-arm\n```"));

    private static async Task<List<string>> RunAsync(string markdown)
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-readme");
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "trafficai"), Repository.PathOf("trafficai"));
            Copy(Repository.PathOf("simulations"), Path.Combine(folder.FullName, "simulations"));
            var complaints = new List<string>();
            foreach (var block in CommandBlock.Parse(markdown))
            {
                var run = await Shell.RunAsync(folder.FullName, "bash", "-euo", "pipefail", "-c", block.RunnableScript);
                if (run.ExitCode != 0) complaints.Add($"{block.Line}: exit code {run.ExitCode}\n{run.Output}");
                else complaints.AddRange(block.Missing(run.Output).Select(line => $"{block.Line}: not printed: {line}\nbut:\n{run.Output}"));
            }

            return complaints;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
