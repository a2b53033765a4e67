using System.Runtime.InteropServices;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>Which of many sockets have something to do: Linux's epoll, level-triggered. See epoll(7).</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    public const uint CanRead = 0x001;
    public const uint CanWrite = 0x004;

    private const int CloseOnExec = 0x80000;
    private const int MostEvents = 256;

    // The kernel packs the structure on x86-64, and only there.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = DataOffset + 8;

    private readonly byte[] events = new byte[MostEvents * 16];
    private readonly int handle = Create(CloseOnExec);

    private enum Operation
    {
        Add = 1,
        Remove = 2,
        Change = 3,
    }

    /// <summary>Watches a socket, which <paramref name="number"/> names from then on.</summary>
    public void Add(int socket, int number, uint interest) => Control(Operation.Add, socket, number, interest);

    public void Change(int socket, int number, uint interest) => Control(Operation.Change, socket, number, interest);

    public void Remove(int socket) => Control(Operation.Remove, socket, 0, 0);

    /// <summary>Waits until a socket has something to do.</summary>
    /// <param name="found">Called with the number of each and what it can do.</param>
    /// <param name="milliseconds">At most so long.</param>
    public void Wait(Action<int, uint> found, int milliseconds)
    {
        int count;
        fixed (byte* to = events) count = Wait(handle, to, MostEvents, milliseconds);
        for (var i = 0; i < count; i++)
        {
            var at = events.AsSpan(i * EventBytes);
            found(MemoryMarshal.Read<int>(at[DataOffset..]), MemoryMarshal.Read<uint>(at));
        }
    }

    public void Dispose() => _ = Close(handle);

    private void Control(Operation operation, int socket, int number, uint interest)
    {
        var what = stackalloc byte[16];
        *(uint*)what = interest;
        *(long*)(what + DataOffset) = number;
        _ = Control(handle, (int)operation, socket, what);
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    private static partial int Control(int handle, int operation, int socket, byte* what);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(int handle, byte* events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
