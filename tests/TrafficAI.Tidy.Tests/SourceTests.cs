using System.Text.RegularExpressions;

namespace TrafficAI.Tidy.Tests;

public sealed partial class SourceTests
{
    private const int MostLines = 400;

    // in pieces, so that this file does not break its own rules
    private static readonly Regex Unfinished = new(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b");

    private static readonly Regex Private = new(
        "(?<![A-Za-z0-9_.~-])/(wo" + "rk|ho" + "me|ro" + @"ot|Us" + @"ers)/|[A-Z]:\\Us" + "ers|nu" + @"get\.org|np" + @"mjs\.|pyp" + @"i\.org|deb\.deb" + @"ian\.org|docker\.i" + "o");

    [Fact]
    public async Task Namespaces_are_file_scoped_and_named_after_the_project()
    {
        await AssertEach(IsCode, (file, text) =>
        {
            if (Path.GetFileName(file) == "Program.cs") return null;
            var name = FileScopedNamespace().Match(text);
            if (!name.Success) return "has no file-scoped namespace";
            return $"{name.Groups[1].Value}.".StartsWith($"{file.Split('/').First(part => part.StartsWith("TrafficAI.", StringComparison.Ordinal))}.", StringComparison.Ordinal) ? null : $"is in namespace {name.Groups[1].Value}";
        });
    }

    [Fact]
    public Task Nothing_is_left_for_later() =>
        AssertEach(IsText, (_, text) => Unfinished.Match(text) is { Success: true } match ? $"says {match.Value}: finish it, or open an issue" : null);

    [Fact]
    public Task No_code_is_commented_out() =>
        AssertEach(IsCode, (_, text) => CommentedCode().Match(text) is { Success: true } match ? $"has code in a comment: {match.Value.Trim()}" : null);

    [Fact]
    public Task No_file_names_a_private_path_or_a_package_host() =>
        AssertEach(IsText, (_, text) => Private.Match(text) is { Success: true } match ? $"names {match.Value}" : null);

    [Fact]
    public Task No_code_file_is_longer_than_a_reader_bears() =>
        AssertEach(IsCode, (_, text) => text.AsSpan().Count('\n') is var lines and > MostLines ? $"has {lines} lines, more than {MostLines}: split it" : null);

    [Fact]
    public void The_licence_is_Apache_2()
    {
        var licence = File.ReadAllText(Repository.PathOf("LICENSE"));
        Assert.Contains("Apache License", licence, StringComparison.Ordinal);
        Assert.Contains("Version 2.0, January 2004", licence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_changelog_has_a_place_for_the_next_change() =>
        Assert.Contains("\n## Unreleased\n", File.ReadAllText(Repository.PathOf("CHANGELOG.md")), StringComparison.Ordinal);

    [Theory]
    [InlineData("// var x = 1;", true)]
    [InlineData("    // if (late) {", true)]
    [InlineData("// }", true)]
    [InlineData("// a vehicle that waits; it may leave", false)]
    [InlineData("/// <summary>Ends with a semicolon;", false)]
    public void Commented_code_is_told_from_prose(string line, bool code) => Assert.Equal(code, CommentedCode().IsMatch(line));

    [Fact]
    public void Private_paths_are_told_from_others()
    {
        Assert.Matches(Private, "see /ho" + "me/somebody/x");
        Assert.DoesNotMatch(Private, "docs/work/flow.md and /usr/share/sumo");
    }

    private static async Task AssertEach(Func<string, bool> chosen, Func<string, string, string?> complaint)
    {
        var complaints = new List<string>();
        foreach (var file in (await Repository.FilesAsync()).Where(chosen))
            if (complaint(file, await File.ReadAllTextAsync(Repository.PathOf(file), TestContext.Current.CancellationToken)) is { } words)
                complaints.Add($"{file} {words}");
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    private static bool IsCode(string file) => file.EndsWith(".cs", StringComparison.Ordinal);

    private static bool IsText(string file) => Path.GetExtension(file) is not (".png" or ".db" or ".gz" or ".ico" or ".woff2" or ".bin");

    [GeneratedRegex(@"^namespace ([\w.]+);$", RegexOptions.Multiline)]
    private static partial Regex FileScopedNamespace();

    [GeneratedRegex(@"^\s*//(?!/)\s*(.*[;{]|\})\s*$", RegexOptions.Multiline)]
    private static partial Regex CommentedCode();
}
