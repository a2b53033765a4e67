namespace TrafficAI.Tidy.Tests;

public sealed class ScenarioTests
{
    [Theory]
    [InlineData("almaty-abay", "almaty-abay.net.xml", "almaty-abay.ped.xml", "almaty-abay.rou.xml", "incident.rou.xml", "map.svg", "september.rou.xml", "signals.json")]
    [InlineData("almaty-centre", "almaty-centre.net.xml", "almaty-centre.ped.xml", "almaty-centre.rou.xml", "incident.rou.xml", "map.svg", "september.rou.xml", "signals.json")]
    [InlineData("almaty-pilot", "almaty-pilot.net.xml", "almaty-pilot.ped.xml", "almaty-pilot.rou.xml", "map.svg", "signals.json")]
    [InlineData("almaty-seifullin", "almaty-seifullin.net.xml", "almaty-seifullin.ped.xml", "almaty-seifullin.rou.xml", "map.svg", "signals.json")]
    [InlineData("almaty-zheltoksan-brt", "almaty-zheltoksan-brt.net.xml", "almaty-zheltoksan-brt.ped.xml", "almaty-zheltoksan-brt.rou.xml", "map.svg", "signals.json")]
    [InlineData("corridor", "corridor.net.xml", "corridor.rou.xml")]
    [InlineData("four-arm", "four-arm.net.xml", "four-arm.ped.xml", "four-arm.rou.xml")]
    public async Task A_scenario_is_rebuilt_from_its_sources_byte_for_byte(string name, params string[] files)
    {
        var committed = Repository.PathOf($"simulations/{name}");
        var folder = Directory.CreateTempSubdirectory($"trafficai-{name}");
        try
        {
            var build = await Shell.RunAsync(Repository.Root, "bash", Path.Combine(committed, "build.sh"), folder.FullName);
            Assert.True(build.ExitCode == 0, build.Output);

            var built = folder.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            Assert.Equal(files, built.Select(file => file.Name));
            foreach (var file in built)
                Assert.True(
                    File.ReadAllBytes(Path.Combine(committed, file.Name)).AsSpan().SequenceEqual(File.ReadAllBytes(file.FullName)),
                    $"{file.Name} differs from what build.sh makes of src/. Run simulations/{name}/build.sh and commit the result.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
