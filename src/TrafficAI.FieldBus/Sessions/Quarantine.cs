namespace TrafficAI.FieldBus.Sessions;

/// <summary>Keeps away a controller that talks nonsense: ten refused messages within 60 of its seconds put it in, 60 without one let it out. It
/// counts the seconds by the frames that are taken. Not thread-safe.</summary>
internal sealed class Quarantine
{
    public const int Refusals = 10;
    public const int Seconds = 60;

    private readonly Queue<long> recent = new();
    private long frames;
    private long end;

    public bool IsOn { get; private set; }

    /// <summary>A message was refused.</summary>
    /// <returns>Whether the quarantine begins.</returns>
    public bool Refuse()
    {
        end = frames + Seconds;
        recent.Enqueue(frames);
        while (recent.Peek() <= frames - Seconds || recent.Count > Refusals) recent.Dequeue();
        if (IsOn || recent.Count < Refusals) return false;
        IsOn = true;
        return true;
    }

    /// <summary>A frame was taken.</summary>
    /// <returns>Whether the quarantine ends.</returns>
    public bool Pass()
    {
        frames++;
        if (!IsOn || frames < end) return false;
        IsOn = false;
        recent.Clear();
        return true;
    }
}
