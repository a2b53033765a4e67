namespace TrafficAI.EndToEnd.Tests;

/// <summary>The checkout that these tests were built from, and a folder that goes away.</summary>
internal sealed class Checkout : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trafficai-e2e-");

    public static string FourArm { get; } = Simulation("four-arm");

    public static string Corridor { get; } = Simulation("corridor");

    /// <summary>A folder of <c>simulations/</c>.</summary>
    public static string Simulation(string name) => Path.Combine(Root(), "simulations", name);

    public string File(string name) => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Folder of the sources.</summary>
    public static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "TrafficAI.sln"))) return at.FullName;
        }

        throw new InvalidOperationException($"No TrafficAI.sln above {AppContext.BaseDirectory}.");
    }
}
