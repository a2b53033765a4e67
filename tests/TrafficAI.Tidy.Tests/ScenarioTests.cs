namespace TrafficAI.Tidy.Tests;

public sealed class ScenarioTests
{
    [Fact]
    public async Task Four_arm_is_rebuilt_from_its_sources_byte_for_byte()
    {
        var committed = Repository.PathOf("simulations/four-arm");
        var folder = Directory.CreateTempSubdirectory("trafficai-four-arm");
        try
        {
            var build = await Shell.RunAsync(Repository.Root, "bash", Path.Combine(committed, "build.sh"), folder.FullName);
            Assert.True(build.ExitCode == 0, build.Output);

            var built = folder.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            Assert.Equal(["four-arm.net.xml", "four-arm.ped.xml", "four-arm.rou.xml"], built.Select(file => file.Name));
            foreach (var file in built)
                Assert.True(
                    File.ReadAllBytes(Path.Combine(committed, file.Name)).AsSpan().SequenceEqual(File.ReadAllBytes(file.FullName)),
                    $"{file.Name} differs from what build.sh makes of src/. Run simulations/four-arm/build.sh and commit the result.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
