namespace TrafficAI.Akka;

/// <summary>The places in a mailbox. They are counted at its door, since Akka's own bounded mailbox drops what does not fit without telling who sent it.</summary>
internal sealed class Places(int most)
{
    private int taken;

    /// <returns>False when there is none left.</returns>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref taken) <= most) return true;
        Free();
        return false;
    }

    public void Free() => Interlocked.Decrement(ref taken);
}
