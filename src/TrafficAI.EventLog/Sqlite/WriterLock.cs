namespace TrafficAI.EventLog.Sqlite;

/// <summary>Keeps a second writer away from a log, in this process or another; readers are free. The operating system ends it with the
/// process, so a file left behind by a killed one does no harm.</summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream file;

    private WriterLock(FileStream file) => this.file = file;

    /// <exception cref="EventLogException">Somebody else writes the log, or the folder may not be written to.</exception>
    public static WriterLock Take(string path)
    {
        try
        {
            return new(new FileStream(path + "-writer", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EventLogException($"{path}: the folder may not be written to. Check its owner and mode.", e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new EventLogException($"{path}: its folder does not exist. Make it first, or choose another path.", e);
        }
        catch (IOException e)
        {
            throw new EventLogException($"{path}: the log is locked, since another process is writing it. Stop that one, or open it to read.", e);
        }
    }

    public void Dispose() => file.Dispose();
}
