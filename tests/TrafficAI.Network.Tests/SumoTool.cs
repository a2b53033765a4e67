using System.Diagnostics;

namespace TrafficAI.Network.Tests;

/// <summary>Runs SUMO's network tools; a test that needs one is skipped where SUMO is not installed.</summary>
internal static class SumoTool
{
    private static readonly string? Home =
        new[] { Environment.GetEnvironmentVariable("SUMO_HOME"), "/usr/share/sumo", "/usr/local/share/sumo" }.FirstOrDefault(Directory.Exists);

    /// <summary>The network that <c>netgenerate</c> or <c>netconvert</c> writes with these options.</summary>
    /// <param name="inputs">Files to put beside it first, by name.</param>
    public static byte[] Write(string tool, string options, params (string Name, byte[] Content)[] inputs) => Run(tool, $"{options} -o", inputs);

    /// <summary>The trip file of a run of SUMO with these options, nobody teleported.</summary>
    /// <param name="inputs">Files to put beside it first, by name.</param>
    public static byte[] Drive(string options, params (string Name, byte[] Content)[] inputs) =>
        Run("sumo", $"{options} --time-to-teleport -1 --no-step-log --tripinfo-output", inputs);

    private static byte[] Run(string tool, string options, (string Name, byte[] Content)[] inputs)
    {
        Assert.SkipWhen(Home is null, "SUMO is not installed");
        var folder = Directory.CreateTempSubdirectory("trafficai-network-");
        try
        {
            foreach (var (name, content) in inputs) File.WriteAllBytes(Path.Combine(folder.FullName, name), content);
            var start = new ProcessStartInfo(tool, $"{options} written.xml --no-warnings")
            {
                WorkingDirectory = folder.FullName, RedirectStandardError = true, RedirectStandardOutput = true,
            };
            start.Environment["SUMO_HOME"] = Home;
            using var process = Process.Start(start)!;
            var said = process.StandardOutput.ReadToEndAsync();
            var complained = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{tool} {options}: {complained}{said.Result}");
            return File.ReadAllBytes(Path.Combine(folder.FullName, "written.xml"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
