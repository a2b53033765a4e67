using System.CommandLine;
using System.Text.RegularExpressions;

namespace TrafficAI.Cli.Report;

/// <summary>Command lines as one can paste them into a shell.</summary>
public static partial class ShellWords
{
    /// <summary>The command line that was read.</summary>
    public static string Command(ParseResult parsed) => "trafficai " + string.Join(' ', parsed.Tokens.Select(t => Quote(t.Value)));

    /// <summary>A word as a POSIX shell reads it back.</summary>
    public static string Quote(string word) =>
        Plain().IsMatch(word) ? word : "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    [GeneratedRegex(@"^[\w.,:/=+%@-]+\z")]
    private static partial Regex Plain();
}
