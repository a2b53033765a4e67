using System.Runtime.CompilerServices;
using TrafficAI.Network;

namespace TrafficAI.Runtime;

/// <summary>Reads what an intersection was told, for whoever decides on it again: its actor when it recovers, and a replay.</summary>
public static class RecordedInputs
{
    /// <summary>The inputs of a stream with their revisions. Read to the end, the stream knows where it ends.</summary>
    /// <param name="after">Revision of the last input that is left out; −1 for none.</param>
    /// <exception cref="RecordException">An input is of a type unknown to this build, or damaged.</exception>
    public static async IAsyncEnumerable<(IntersectionInput Input, long Revision)> ReadAsync(
        LogStream inputs, IntersectionId id, long after, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var e in inputs.ReadToEndAsync(after, stop)) yield return (InputCodec.Decode(id, e.Type, e.Payload), e.Revision);
    }
}
