using System.Globalization;
using TrafficAI.EventLog;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Server.Access;

/// <summary>Records every use of a control, and reads what was recorded. What cannot be recorded is not done.</summary>
/// <param name="open">Opens the log, when something is to be recorded for the first time.</param>
/// <param name="second">The newest street second; null before the first.</param>
public sealed class ControlLog(Func<CancellationToken, Task<IEventLog>> open, TimeProvider clock, Func<long?> second) : IDisposable
{
    /// <summary>Whose failed logins are recorded under the name of nobody: no account can have it.</summary>
    public const string Nobody = "(nobody)";

    /// <summary>Of what was done.</summary>
    public const string Done = "done";

    /// <summary>Of what was refused.</summary>
    public const string Refused = "refused";

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, LogStream> streams = new(StringComparer.Ordinal);
    private IEventLog? log;

    /// <summary>Records a use.</summary>
    /// <param name="user">Who, or <see cref="Nobody"/>.</param>
    /// <param name="role">What they may do; null where they are not let in.</param>
    /// <param name="target">As <see cref="ControlUsed.Target"/>.</param>
    /// <param name="isDone">Whether it is done, or refused.</param>
    /// <param name="body">What was asked for, as JSON.</param>
    /// <exception cref="EventLogException">It cannot be recorded: it must not be done.</exception>
    public async Task RecordAsync(string user, Role? role, string act, string target, bool isDone, string detail, string? body = null)
    {
        var used = new ControlUsed(
            clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), user, role?.ToString().ToLowerInvariant() ?? "",
            act, target, isDone ? Done : Refused, detail, second(), body);
        await turn.WaitAsync();
        try
        {
            log ??= await open(CancellationToken.None);
            await AppendAsync(log, used);
            await log.FlushAsync(CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>All uses, the newest first.</summary>
    public async Task<List<ControlUsed>> ReadAsync(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            log ??= await open(stop);
            var found = new List<ControlUsed>();
            await foreach (var stream in log.StreamsAsync(stop))
            {
                if (!stream.StartsWith(StreamNames.OperatorBegin, StringComparison.Ordinal)) continue;
                await foreach (var e in log.ReadAsync(stream, 0, stop))
                    if (e.Type == ControlUsed.EventType) found.Add((ControlUsed)EventTypes.Decode(e));
            }

            return [.. found.OrderByDescending(used => used.Wall, StringComparer.Ordinal)];
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task AppendAsync(IEventLog to, ControlUsed used)
    {
        if (!streams.TryGetValue(used.User, out var stream))
        {
            streams[used.User] = stream = new(to, StreamNames.Operator(used.User));
            await stream.RecoverAsync(CancellationToken.None);
        }

        try
        {
            await stream.AppendAsync([new(ControlUsed.EventType, EventTypes.Encode(ControlUsed.EventType, used))], CancellationToken.None);
        }
        catch (WrongExpectedRevisionException)
        {
            await stream.RecoverAsync(CancellationToken.None);
            await stream.AppendAsync([new(ControlUsed.EventType, EventTypes.Encode(ControlUsed.EventType, used))], CancellationToken.None);
        }

        await stream.DigestAsync(CancellationToken.None);
    }
}
