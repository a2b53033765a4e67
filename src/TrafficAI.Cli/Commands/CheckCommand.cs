using System.CommandLine;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai check</c>: is this scenario, network or log fit for use?</summary>
public static class CheckCommand
{
    private static ReadOnlySpan<byte> SqliteHeader => "SQLite format 3\0"u8;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Scenarios (.sumocfg or folder), networks (.net.xml, .net.xml.gz) or logs.", Arity = ArgumentArity.OneOrMore };
        var controlClass = new Option<string>("--class") { Description = "Constraints for the signals: site, R, R+ or S.", DefaultValueFactory = _ => "site" };
        controlClass.AcceptOnlyFromAmong("site", "R", "R+", "S");
        var command = new Command(
            "check",
            """
            Check scenarios, networks and logs before you trust them.

              trafficai check simulations/four-arm        network, signals.json, phases, intergreens
              trafficai check run.db                      damage, gaps, edited or removed events: found and named
            """) { files, controlClass };
        command.SetAction(async (parsed, stop) =>
        {
            var worst = CommandLine.Done;
            foreach (var file in parsed.GetValue(files)!)
            {
                var result = IsLog(file)
                    ? await LogCheck.RunAsync(file, Console.Out, stop)
                    : ScenarioCheck.Run(file, ScenarioOptions.ClassOf(parsed.GetValue(controlClass)!), Console.Out);
                worst = Math.Max(worst, result);
            }

            return worst;
        });
        return command;
    }

    /// <summary>By its content, whatever it is called; what does not exist or is empty, by its name.</summary>
    private static bool IsLog(string file)
    {
        if (Directory.Exists(file)) return false;
        if (new FileInfo(file) is not { Exists: true, Length: > 0 }) return file.Contains(':', StringComparison.Ordinal) || file.EndsWith(".db", StringComparison.OrdinalIgnoreCase);
        using var bytes = File.OpenRead(file);
        var head = new byte[SqliteHeader.Length];
        return bytes.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && SqliteHeader.SequenceEqual(head);
    }
}
