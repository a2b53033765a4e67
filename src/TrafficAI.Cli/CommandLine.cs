using System.CommandLine;
using TrafficAI.EventLog;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Import;
using TrafficAI.Metrics;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Server.Access;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Simulation.Demand;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>Runs a command and turns what goes wrong into one line and an exit status.</summary>
public static class CommandLine
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int BadInput = 2;
    public const int Interrupted = 130;

    /// <summary>After Ctrl-C or SIGTERM: a server with thousands of intersections has as many streams to digest and close.</summary>
    private static readonly TimeSpan ToEnd = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"trafficai: {Misread(parsed)}");
            return BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = ToEnd });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("trafficai: interrupted; the log of the run, if one was named, holds what was recorded until then.");
            return Interrupted;
        }
        catch (Exception e) when (IsForPeople(e))
        {
            var next = e is UnauthorizedAccessException ? " Check its owner and mode." : "";
            await Console.Error.WriteLineAsync($"trafficai: {e.Message.ReplaceLineEndings(" ")}{next}");
            return BadInput;
        }
    }

    private static string Misread(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(e => string.Join(' ', e.Message.Split((char[])['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)));
        var told = messages.OrderByDescending(m => m.StartsWith("Unrecognized", StringComparison.Ordinal)).First();
        return $"{told} See 'trafficai{PathOf(parsed.CommandResult)} --help'.";
    }

    private static string PathOf(System.CommandLine.Parsing.CommandResult result) => result.Command is RootCommand
        ? ""
        : $"{(result.Parent is System.CommandLine.Parsing.CommandResult parent ? PathOf(parent) : "")} {result.Command.Name}";

    private static bool IsForPeople(Exception e) => e is
        NetworkException or SignalsException or ScenarioException or DemandException or EngineException or EventLogException or RecordException or ActorException
        or ImportException or InputException or AccountsException or FieldBusException or MetricsException or IOException or UnauthorizedAccessException;
}

/// <summary>Bad input on the command line. The message is one line: where, what, what next.</summary>
public sealed class InputException(string message) : Exception(message);
