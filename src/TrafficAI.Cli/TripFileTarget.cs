namespace TrafficAI.Cli;

/// <summary>Where the engine writes its trip file: where the user wants it, or in a folder that goes away.</summary>
public sealed class TripFileTarget : IDisposable
{
    private readonly DirectoryInfo? temporary;

    private TripFileTarget(string path, DirectoryInfo? temporary)
    {
        Path = path;
        this.temporary = temporary;
    }

    public string Path { get; }

    public static TripFileTarget For(string? wanted)
    {
        if (wanted is not null) return new TripFileTarget(System.IO.Path.GetFullPath(wanted), null);
        var folder = Directory.CreateTempSubdirectory("trafficai-");
        return new TripFileTarget(System.IO.Path.Combine(folder.FullName, "tripinfo.xml"), folder);
    }

    public void Dispose() => temporary?.Delete(recursive: true);
}
