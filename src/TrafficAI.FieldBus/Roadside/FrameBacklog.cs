using Google.Protobuf;

namespace TrafficAI.FieldBus;

/// <summary>Frames that could not be sent, oldest first; the oldest are dropped when there is no more room.</summary>
/// <param name="most">Frames that it holds.</param>
internal sealed class FrameBacklog(int most)
{
    private readonly Queue<ByteString> frames = new();
    private ulong newest;
    private bool isOwed;

    /// <summary>Keeps a frame; one that has been kept already is not kept twice.</summary>
    public void Keep(ulong sequence, byte[] frame)
    {
        if (isOwed && sequence <= newest) return;
        (newest, isOwed) = (sequence, true);
        frames.Enqueue(ByteString.CopyFrom(frame));
        if (frames.Count > most) frames.Dequeue();
    }

    /// <summary>The next message of it, or null when nothing is owed.</summary>
    public Wire.Backlog? Next()
    {
        if (!isOwed) return null;
        var message = new Wire.Backlog();
        while (message.Frames.Count < WireLimits.BacklogFrames && message.CalculateSize() < WireLimits.BacklogBytes / 2 && frames.TryDequeue(out var frame))
            message.Frames.Add(frame);
        message.Done = frames.Count == 0;
        isOwed = !message.Done;
        return message;
    }
}
