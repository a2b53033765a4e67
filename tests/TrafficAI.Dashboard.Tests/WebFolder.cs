namespace TrafficAI.Dashboard.Tests;

/// <summary>The sources of the dashboard, and what was built of them.</summary>
internal static class WebFolder
{
    public static string Root { get; } = Path.Combine(FindRoot(), "src", "TrafficAI.Server", "web");

    public static bool IsBuilt => File.Exists(PathOf("dist/index.html"));

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TrafficAI.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No TrafficAI.sln above {AppContext.BaseDirectory}.");
    }
}
