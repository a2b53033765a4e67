using System.Text.RegularExpressions;

namespace TrafficAI.Tidy.Tests;

/// <summary>A fenced <c>sh</c> block of a Markdown file, and the <c>text</c> block that may follow it: what it prints.</summary>
/// <param name="Output">Lines of which each must be printed; <c>…</c> in a line stands for anything.</param>
internal sealed record CommandBlock(int Line, string Script, IReadOnlyList<string> Output)
{
    public static IReadOnlyList<CommandBlock> Parse(string markdown)
    {
        var blocks = new List<CommandBlock>();
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            var kind = lines[i][3..].Trim();
            var start = i + 1;
            for (i = start; i < lines.Length && lines[i].Trim() != "```";) i++;
            if (kind == "sh") blocks.Add(new(start, string.Join('\n', lines[start..i]), []));
            if (kind == "text" && blocks.Count > 0)
                blocks[^1] = blocks[^1] with { Output = [.. blocks[^1].Output, .. lines[start..i].Where(line => line.Trim().Length > 0)] };
        }

        return blocks;
    }

    /// <summary>The script without the commands that run all tests: they would run this one again.</summary>
    public string RunnableScript => string.Join('\n', Script.Split('\n').Where(line => !line.StartsWith("./test", StringComparison.Ordinal)));

    /// <summary>Lines of <see cref="Output"/> that were not printed.</summary>
    public IEnumerable<string> Missing(string printed)
    {
        var lines = printed.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).ToList();
        return Output.Where(expected =>
        {
            var pattern = new Regex($"^{Regex.Escape(expected.Trim()).Replace("…", ".*", StringComparison.Ordinal)}$");
            return !lines.Any(pattern.IsMatch);
        });
    }
}
