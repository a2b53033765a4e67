using Akka.Actor;
using Akka.Coordination;

namespace TrafficAI.Akka;

/// <summary>A lease that is the lock of a file which all nodes see: the operating system ends it with the process, so that a killed node holds nobody up.</summary>
public sealed class FileLease(LeaseSettings settings, ExtendedActorSystem system) : Lease(settings)
{
    private readonly Lock gate = new();
    private readonly string path = system.Settings.Config.GetString(ClusterSettings.LeasePath);
    private FileStream? held;

    /// <inheritdoc/>
    public override Task<bool> Acquire()
    {
        lock (gate)
        {
            try
            {
                held ??= new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                return Task.FromResult(true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Task.FromResult(false);
            }
        }
    }

    /// <inheritdoc/>
    public override Task<bool> Acquire(Action<Exception> leaseLostCallback) => Acquire();

    /// <inheritdoc/>
    public override Task<bool> Release()
    {
        lock (gate)
        {
            held?.Dispose();
            held = null;
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public override bool CheckLease()
    {
        lock (gate) return held is not null;
    }
}
