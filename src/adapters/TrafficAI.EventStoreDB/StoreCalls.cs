using System.Diagnostics;
using System.Security.Authentication;
using EventStore.Client;
using Grpc.Core;
using TrafficAI.EventLog;

namespace TrafficAI.EventStoreDB;

/// <summary>Calls to the server: one that does not answer is tried again, since every call may be repeated without harm; what is wrong is said in one line.</summary>
internal sealed class StoreCalls(EventStoreAddress address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource disposed = new();

    public bool IsDisposed => disposed.IsCancellationRequested;

    /// <summary>Ends every call.</summary>
    public void Dispose() => disposed.Cancel();

    /// <exception cref="EventLogException">The server has not answered for long, or does not let us in.</exception>
    /// <exception cref="ObjectDisposedException">The log has been disposed.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        for (long? failing = null; ;)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, typeof(EventStoreLog));
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel, disposed.Token);
            try
            {
                return await call(ended.Token);
            }
            catch (Exception e) when (ended.IsCancellationRequested)
            {
                cancel.ThrowIfCancellationRequested();
                throw new ObjectDisposedException(typeof(EventStoreLog).FullName, e);
            }
            catch (Exception e) when (MayPass(e) && Stopwatch.GetElapsedTime(failing ??= Stopwatch.GetTimestamp()) < Patience)
            {
                await Task.Delay(Pause, cancel);
            }
            catch (Exception e) when (e is RpcException or NotLeaderException or DiscoveryException or AccessDeniedException or NotAuthenticatedException or StreamDeletedException)
            {
                throw new EventLogException($"{address}: {Reason(e)}", e);
            }
        }
    }

    // Two who do not trust each other will not for being asked again.
    private static bool MayPass(Exception e) => e is NotLeaderException or DiscoveryException
        || (e is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal } rpc
            && Innermost(rpc) is not AuthenticationException);

    private static string Reason(Exception e) => e switch
    {
        AccessDeniedException or NotAuthenticatedException => "the server does not let us in: check user and password, and the rights of that user",
        StreamDeletedException => "this log was deleted, and its name cannot be used again; choose another",
        DiscoveryException => "no server answers. Is it there, and does one side use TLS and the other not (tls=false)?",
        RpcException rpc when Innermost(rpc) is AuthenticationException distrust => $"{Line(distrust)}. Name the file of the server's authority with tlsCaFile=FILE",
        RpcException rpc => $"{Line(Innermost(rpc))}. Is the server there, and does one side use TLS and the other not (tls=false)?",
        _ => Line(e),
    };

    private static Exception Innermost(RpcException e)
    {
        var cause = e.Status.DebugException ?? e;
        while (cause.InnerException is { } inner) cause = inner;
        return cause;
    }

    private static string Line(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
