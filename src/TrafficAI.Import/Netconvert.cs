using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TrafficAI.Import;

/// <summary>Runs SUMO's netconvert over plain XML in a folder of its own.</summary>
internal static class Netconvert
{
    private const string DebianHome = "/usr/share/sumo";

    private static readonly string[] Arguments =
    [
        "--node-files", "net.nod.xml", "--edge-files", "net.edg.xml", "--connection-files", "net.con.xml", "--proj.utm", "true", "--no-turnarounds", "true",
        "--junctions.internal-link-detail", "5", "--output.street-names", "true", "--xml-validation", "never", "--output-file", "net.net.xml",
    ];

    /// <param name="nodes">Plain XML, as the other two.</param>
    /// <returns>The network without netconvert's opening comment, which holds the date and the paths of the machine, and what netconvert warns of.</returns>
    /// <exception cref="ImportException">There is no netconvert, or it fails.</exception>
    public static (string Network, string[] Warnings) Run(string nodes, string edges, string connections)
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-import");
        try
        {
            Write("net.nod.xml", nodes);
            Write("net.edg.xml", edges);
            Write("net.con.xml", connections);
            var (exit, said) = Run(folder.FullName);
            var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (exit != 0) throw new ImportException($"netconvert refuses the streets: {lines.FirstOrDefault(line => line.StartsWith("Error", StringComparison.Ordinal)) ?? said}");
            var network = File.ReadAllText(Path.Combine(folder.FullName, "net.net.xml"));
            return (WithoutComment(network), [.. lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text, new UTF8Encoding(false));
    }

    private static (int Exit, string Said) Run(string folder)
    {
        var program = Environment.GetEnvironmentVariable("NETCONVERT_BINARY") is { Length: > 0 } named ? named : "netconvert";
        var start = new ProcessStartInfo(program, Arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SUMO_HOME")) && Directory.Exists(DebianHome)) start.Environment["SUMO_HOME"] = DebianHome;
        try
        {
            using var process = Process.Start(start)!;
            var said = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, said.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            throw new ImportException($"there is no program '{program}'. Install it (apt-get install sumo) or set NETCONVERT_BINARY to its path.");
        }
    }

    private static string WithoutComment(string network)
    {
        var begin = network.IndexOf("<!-- generated on", StringComparison.Ordinal);
        if (begin < 0) return network;
        var end = network.IndexOf("-->", begin, StringComparison.Ordinal) + 3;
        return network[..begin] + network[end..].TrimStart('\n', '\r');
    }
}
