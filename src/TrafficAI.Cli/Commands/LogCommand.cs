using System.CommandLine;
using System.Globalization;
using TrafficAI.EventLog;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai log</c>: look into a log, take it elsewhere.</summary>
public static class LogCommand
{
    public static Command Create() => new(
        "log",
        """
        Look into a log, and take it elsewhere.

          trafficai log show run.db                              its streams
          trafficai log show run.db intersection-centre          decisions, lamps, faults: a line each
          trafficai log show run.db inputs-centre --from 100 --to 110    what came in; frames decoded
          trafficai log export run.db run.jsonl                  a line of JSON for each event, with its exact bytes
          trafficai log import run.jsonl copy.db                 and back again
          trafficai log copy run.db sqlite:copy.db               from any store to any other, proved by a hash
        """)
    {
        Show(),
        Export(),
        Import(),
        Copy(),
    };

    private static Argument<string> Log(string name, string what) => new(name) { Description = $"{what}: sqlite:PATH, or just PATH." };

    private static Command Show()
    {
        var uri = Log("LOG", "The log");
        var stream = new Argument<string?>("STREAM") { Description = "One of its streams. Default: list the streams.", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<long>("--from") { Description = "First revision.", DefaultValueFactory = _ => 0 };
        var to = new Option<long>("--to") { Description = "Last revision. Default: the last there is.", DefaultValueFactory = _ => long.MaxValue };
        var command = new Command("show", "Print the streams of a log, or the events of one: revision, type, what it says.") { uri, stream, from, to };
        command.SetAction(async (parsed, stop) =>
        {
            await using var log = await Adapters.OpenLogAsync(parsed.GetValue(uri)!, EventLogMode.OpenExisting, stop);
            if (parsed.GetValue(stream) is { } name)
                await LogShow.EventsAsync(log, name, parsed.GetValue(from), parsed.GetValue(to), Console.Out, stop);
            else await LogShow.StreamsAsync(log, Console.Out, stop);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Export()
    {
        var uri = Log("LOG", "The log");
        var file = new Argument<string>("FILE") { Description = "Where to write; - for standard output." };
        var command = new Command("export", "Write a log as lines of JSON, one event each, with everything that is needed to import it again.") { uri, file };
        command.SetAction(async (parsed, stop) =>
        {
            var path = parsed.GetValue(file)!;
            OutputFile.Check("FILE", path);
            await using var log = await Adapters.OpenLogAsync(parsed.GetValue(uri)!, EventLogMode.OpenExisting, stop);
            await using var to = new BufferedStream(path == "-" ? Console.OpenStandardOutput() : File.Create(path), 1 << 16);
            var events = await LogFile.ExportAsync(log, to, stop);
            if (path != "-") await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {events} events"));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "What 'trafficai log export' wrote." };
        var uri = Log("LOG", "The new log");
        var command = new Command("import", "Make a log from exported lines of JSON.") { file, uri };
        command.SetAction((parsed, stop) => CopyAsync(LogFile.ReadAsync(parsed.GetValue(file)!, stop), parsed.GetValue(uri)!, stop));
        return command;
    }

    private static Command Copy()
    {
        var from = Log("FROM", "The original");
        var to = Log("TO", "The new log");
        var command = new Command("copy", "Copy a log from any store to any other, and prove by a hash that the copy says the same.") { from, to };
        command.SetAction(async (parsed, stop) =>
        {
            await using var log = await Adapters.OpenLogAsync(parsed.GetValue(from)!, EventLogMode.OpenExisting, stop);
            return await CopyAsync(log.ReadAllAsync(0, stop), parsed.GetValue(to)!, stop);
        });
        return command;
    }

    private static async Task<int> CopyAsync(IAsyncEnumerable<RecordedEvent> events, string uri, CancellationToken stop)
    {
        var (count, hash) = await LogCopy.RunAsync(events, uri, stop);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Adapters.Shown(uri)}: {count} events, the same as in the original: sha256 {hash}"));
        return CommandLine.Done;
    }
}
