using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrafficAI.Benchmarks;

/// <summary>What the disk itself gives: bytes written over those of a file that has its full size, so that the
/// size need not be recorded each time, then fdatasync: no log can do better. Linux only.</summary>
internal static class RawDisk
{
    private const int FileBytes = 4 << 20;

    /// <param name="batch">Events for each fdatasync.</param>
    public static double EventsPerSecond(string path, int batch, int eventBytes, TimeSpan time)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var bytes = new byte[batch * eventBytes];
        file.Write(new byte[FileBytes]);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        var watch = Stopwatch.StartNew();
        long events = 0;
        for (; watch.Elapsed < time; events += batch)
        {
            if (file.Position + bytes.Length > FileBytes) file.Position = 0;
            file.Write(bytes);
            if (FileDataSync((int)file.SafeFileHandle.DangerousGetHandle()) != 0)
                throw new IOException($"{path}: fdatasync failed with error {Marshal.GetLastPInvokeError()}.");
        }
        return events / watch.Elapsed.TotalSeconds;
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileDataSync(int descriptor);
}
