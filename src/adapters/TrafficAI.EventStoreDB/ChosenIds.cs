using TrafficAI.EventLog;

namespace TrafficAI.EventStoreDB;

/// <summary>Appends to a stream of events whose ids do not follow from their revisions, or that may end anywhere: the server alone does not keep our rule for them, so
/// the ids that the stream holds are kept here, and read anew when somebody else has appended.</summary>
internal sealed class ChosenIds(IEventLog exact, string stream) : IDisposable
{
    private readonly SemaphoreSlim appending = new(1, 1);
    private HeldStream? known;

    /// <summary>The rule is that of <see cref="IEventLog.AppendAsync"/>.</summary>
    public async ValueTask<long> AppendAsync(long expected, ReadOnlyMemory<EventData> events, CancellationToken cancel)
    {
        await appending.WaitAsync(cancel);
        try
        {
            for (; ; )
            {
                var isFresh = known is null;
                known ??= new(exact, stream, await exact.HeadAsync(stream, cancel));
                try
                {
                    var revision = await known.AppendAsync(expected, events, cancel);
                    await known.HandOverAsync(cancel);
                    return revision;
                }
                catch (WrongExpectedRevisionException e) when (!isFresh || (expected == ExpectedRevision.Any && e.Expected != expected))
                {
                    Forget(); // another writer was there: once more with what it has written
                }
            }
        }
        catch
        {
            Forget();
            throw;
        }
        finally
        {
            appending.Release();
        }
    }

    public void Dispose()
    {
        Forget();
        appending.Dispose();
    }

    private void Forget()
    {
        known?.Dispose();
        known = null;
    }
}
