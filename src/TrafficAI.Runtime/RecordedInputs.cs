using System.Runtime.CompilerServices;
using TrafficAI.EventLog;
using TrafficAI.Network;

namespace TrafficAI.Runtime;

/// <summary>Reads what an intersection was told, for whoever decides on it again: its actor when it recovers, and a replay.</summary>
public static class RecordedInputs
{
    private const int LastFrames = 32;

    /// <summary>The street second of the last recorded frame that may be believed: the newest of the last few.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="RecordException">A frame is damaged.</exception>
    public static async Task<long?> LastFrameAsync(IEventLog log, IntersectionId id, CancellationToken stop)
    {
        long? newest = null;
        var frames = 0;
        await foreach (var e in log.ReadBackwardsAsync(StreamNames.Inputs(id), cancel: stop))
        {
            if (!FrameCodec.IsFrame(e.Type)) continue;
            newest = Math.Max(newest ?? 0, FrameCodec.Decode(id, e.Payload).Second);
            if (++frames == LastFrames) break;
        }

        return newest;
    }

    /// <summary>The inputs of a stream with their revisions. Read to the end, the stream knows where it ends.</summary>
    /// <param name="after">Revision of the last input that is left out; −1 for none.</param>
    /// <exception cref="RecordException">An input is of a type unknown to this build, or damaged.</exception>
    public static async IAsyncEnumerable<(IntersectionInput Input, long Revision)> ReadAsync(
        LogStream inputs, IntersectionId id, long after, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var e in inputs.ReadToEndAsync(after, stop)) yield return (InputCodec.Decode(id, e.Type, e.Payload), e.Revision);
    }
}
