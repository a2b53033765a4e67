using System.Globalization;

namespace TrafficAI.Sumo;

/// <summary>SUMO's command line for a run.</summary>
internal static class SumoArguments
{
    /// <param name="loops">The additional file with our loops.</param>
    public static List<string> Build(SumoOptions options, ScenarioFile scenario, string loops, int port)
    {
        List<string> arguments =
        [
            "-c", scenario.Path,
            "--begin", Number(options.Begin),
            "--end", Number(options.End),
            "--seed", Number(options.Seed),
            "--random", "false",
            "--step-length", "1",
            "--time-to-teleport", "-1",
            "--additional-files", string.Join(',', scenario.AdditionalFiles.Append(loops)),
            "--output-prefix", "",
            "--human-readable-time", "false",
            "--no-step-log", "true",
            "--no-warnings", "true",
            "--duration-log.disable", "true",
            "--xml-validation", "never",
            "--xml-validation.net", "never",
            "--xml-validation.routes", "never",
            "--remote-port", Number(port),
            "--num-clients", "1",
        ];
        if (scenario.RouteFiles.Length > 0)
            arguments.AddRange(["--route-files", string.Join(',', scenario.RouteFiles)]);
        if (options.TripInfo is { } file)
        {
            arguments.AddRange(["--tripinfo-output", Path.GetFullPath(file)]);
            arguments.AddRange(["--tripinfo-output.write-unfinished", "true", "--tripinfo-output.write-undeparted", "true"]);
            arguments.AddRange(["--device.emissions.probability", "1"]);
        }
        return arguments;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
