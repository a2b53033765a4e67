using System.ComponentModel;
using System.Xml.Linq;

namespace TrafficAI.Tidy.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] LayersOfCore = ["Network", "Signals", "Optimisation", "Simulation", "Measures"];

    public static string Root { get; } = FindRoot();

    /// <summary>Core projects that exist, without the prefix: <c>Network</c>, ….</summary>
    public static IReadOnlyList<string> Core { get; } = [.. LayersOfCore.Where(name => Directory.Exists(PathOf($"src/TrafficAI.{name}")))];

    /// <summary>Every project of a folder, without the prefix, by name.</summary>
    public static IReadOnlyList<string> ProjectsIn(string folder) =>
        [.. Directory.EnumerateFiles(PathOf(folder), "TrafficAI.*.csproj", SearchOption.AllDirectories)
            .Select(path => ShortName(Path.GetFileNameWithoutExtension(path))).Order(StringComparer.Ordinal)];

    /// <summary>Projects that make a named package fit a port, without the prefix.</summary>
    public static IReadOnlyList<string> Adapters { get; } = ProjectsIn("src/adapters");

    public static XDocument ProjectFile(string name) =>
        XDocument.Load(PathOf($"src/{(Adapters.Contains(name) ? "adapters/" : "")}TrafficAI.{name}/TrafficAI.{name}.csproj"));

    /// <summary>What a project references directly, without the prefix.</summary>
    public static IReadOnlyList<string> References(string name) =>
        [.. ProjectFile(name).Descendants("ProjectReference")
            .Select(reference => ShortName(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))))];

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files that are committed or could be, relative to the root, with forward slashes, by name.</summary>
    public static async Task<IReadOnlyList<string>> FilesAsync() =>
        [.. (await GitFilesAsync() ?? AllFiles()).Where(file => File.Exists(PathOf(file))).Order(StringComparer.Ordinal)];

    private static async Task<IEnumerable<string>?> GitFilesAsync()
    {
        try
        {
            var list = await Shell.RunAsync(Root, "git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
            return list.ExitCode == 0 ? list.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (Win32Exception)
        {
            return null; // an exported tree on a machine without git
        }
    }

    private static IEnumerable<string> AllFiles() =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal) && !path.StartsWith(".git/", StringComparison.Ordinal));

    private static string ShortName(string project) => project.Replace("TrafficAI.", "", StringComparison.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TrafficAI.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No TrafficAI.sln above {AppContext.BaseDirectory}.");
    }
}
