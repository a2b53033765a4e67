using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo;

namespace TrafficAI.Cli.Field.Synthetic;

/// <summary>A made-up city for load tests, as a folder: a grid of crossings of one kind, with all that <c>serve</c> asks for.</summary>
public static class SyntheticCity
{
    public const int MostIntersections = 10_000;

    private const int BlockMetres = 200;

    /// <summary>Makes the folder, unless it is there.</summary>
    /// <param name="intersections">1 to <see cref="MostIntersections"/>; the grid is as square as their number allows.</param>
    /// <exception cref="InputException">Netgenerate cannot be run, or the folder holds another number.</exception>
    public static void Make(string folder, int intersections)
    {
        if (!Directory.Exists(folder)) Write(folder, intersections);
        var found = Read(folder).Models.Length;
        if (found != intersections) throw new InputException($"{folder}: holds {found} intersections, not {intersections}. Delete it, or name another folder.");
    }

    public static string SiteFileOf(string folder) => Path.Combine(folder, "site.yaml");

    public static string KeysOf(string folder) => Path.Combine(folder, "keys.txt");

    /// <summary>The intersections as <c>serve</c> builds them.</summary>
    public static Site Read(string folder)
    {
        var scenario = ScenarioFile.Read(folder);
        return Site.Build(scenario.NetBytes, scenario.NetFile, ControlClass.Site, scenario.ReadSignals());
    }

    private static void Write(string folder, int intersections)
    {
        Directory.CreateDirectory(folder);
        var rows = Enumerable.Range(1, (int)Math.Sqrt(intersections)).Last(n => intersections % n == 0);
        GenerateNetwork(Path.Combine(folder, "city.net.xml"), rows, intersections / rows);
        File.WriteAllText(
            Path.Combine(folder, "city.sumocfg"), "<configuration><input><net-file value=\"city.net.xml\"/></input><time><begin value=\"0\"/><end value=\"3600\"/></time></configuration>\n");
        File.WriteAllText(SiteFileOf(folder), "scenario: .\nkeys: keys.txt\nsensing: loops\nthreads: 2\n");
        ControllerKeys.Write(KeysOf(folder), Read(folder));
    }

    private static void GenerateNetwork(string file, int rows, int columns)
    {
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("netgenerate",
        [
            "--grid", "--grid.x-number", Text(columns), "--grid.y-number", Text(rows), "--grid.length", Text(BlockMetres), "--grid.attach-length", Text(BlockMetres),
            "--default-junction-type", "traffic_light", "--no-turnarounds", "true", "--no-warnings", "true", "--xml-validation", "never", "--output-file", file,
        ]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var made = Process.Start(start)!;
            var complaint = made.StandardError.ReadToEndAsync();
            made.StandardOutput.ReadToEnd();
            made.WaitForExit();
            if (made.ExitCode != 0) throw new InputException($"{file}: netgenerate failed: {complaint.Result.ReplaceLineEndings(" ")}");
        }
        catch (Win32Exception)
        {
            throw new InputException("netgenerate is missing. Install SUMO (Debian package 'sumo').");
        }
    }
}
