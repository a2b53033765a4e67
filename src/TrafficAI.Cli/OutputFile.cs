namespace TrafficAI.Cli;

/// <summary>Files that a command will write: looked at before the long work, not after.</summary>
public static class OutputFile
{
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file; null or - for none.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Check(string option, string? path)
    {
        if (path is null or "-") return;
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new InputException($"{option} {path}: this is a folder. Name a file.");
        if (!Directory.Exists(Path.GetDirectoryName(full))) throw new InputException($"{option} {path}: its folder does not exist. Make it first, or choose another path.");
        if (!Path.Exists(full)) TryToMake(option, path, full);
    }

    private static void TryToMake(string option, string path, string full)
    {
        try
        {
            File.Create(full, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new InputException($"{option} {path}: no file can be made in its folder. Check the owner and mode of the folder, or choose another path.");
        }
    }
}
