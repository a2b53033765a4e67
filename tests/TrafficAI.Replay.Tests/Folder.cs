namespace TrafficAI.Replay.Tests;

/// <summary>The checkout that these tests were built from: the golden files are read, and missing ones proposed, where they are kept.</summary>
internal static class Folder
{
    public static string Root { get; } = FindRoot();

    public static string Events { get; } = Path.Combine(Root, "tests", "TrafficAI.Replay.Tests", "Events");

    public static string Runs { get; } = Path.Combine(Root, "tests", "TrafficAI.Replay.Tests", "Runs");

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "TrafficAI.sln"))) return at.FullName;
        }

        throw new InvalidOperationException($"No TrafficAI.sln above {AppContext.BaseDirectory}.");
    }
}
