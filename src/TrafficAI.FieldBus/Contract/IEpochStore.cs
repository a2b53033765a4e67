namespace TrafficAI.FieldBus;

/// <summary>Where a controller keeps the highest epoch that it has ever obeyed, so that after a restart it still knows the later of two servers.</summary>
public interface IEpochStore
{
    /// <summary>0 for none.</summary>
    ulong Highest { get; }

    /// <summary>Keeps a higher one; when it returns, a restart finds it.</summary>
    /// <returns>False when it could not be kept: the order must not act then.</returns>
    bool TryKeep(ulong epoch);
}

/// <summary>An epoch that ends with the process.</summary>
public sealed class EpochInMemory(ulong highest = 0) : IEpochStore
{
    public ulong Highest { get; private set; } = highest;

    public bool TryKeep(ulong epoch)
    {
        Highest = epoch;
        return true;
    }
}
