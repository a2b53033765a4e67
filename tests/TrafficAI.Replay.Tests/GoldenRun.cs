using System.IO.Compression;

namespace TrafficAI.Replay.Tests;

/// <summary>A committed log, unpacked into a folder that goes away.</summary>
internal sealed class GoldenRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trafficai-golden-");

    public GoldenRun(string name)
    {
        Path = System.IO.Path.Combine(folder.FullName, $"{name}.db");
        using var packed = File.OpenRead(System.IO.Path.Combine(Folder.Runs, $"{name}.db.gz"));
        using var plain = new GZipStream(packed, CompressionMode.Decompress);
        using var log = File.Create(Path);
        plain.CopyTo(log);
    }

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder.Runs, "*.db.gz").Select(f => System.IO.Path.GetFileName(f)[..^".db.gz".Length]).Order(StringComparer.Ordinal);

    public string Path { get; }

    public void Dispose() => folder.Delete(recursive: true);
}
