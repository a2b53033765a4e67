using System.Diagnostics;

namespace TrafficAI.Tidy.Tests;

public sealed class ScenarioTests
{
    [Fact]
    public async Task Four_arm_is_rebuilt_from_its_sources_byte_for_byte()
    {
        var built = Repository.PathOf("simulations/four-arm");
        var folder = Directory.CreateTempSubdirectory("trafficai-four-arm");
        try
        {
            using var build = Process.Start(new ProcessStartInfo("bash", [Path.Combine(built, "build.sh"), folder.FullName]) { RedirectStandardError = true })!;
            var errors = await build.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await build.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(build.ExitCode == 0, errors);

            var names = folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);
            Assert.Equal(["four-arm.net.xml", "four-arm.ped.xml", "four-arm.rou.xml"], names);
            foreach (var file in folder.EnumerateFiles())
                Assert.True(
                    File.ReadAllBytes(Path.Combine(built, file.Name)).AsSpan().SequenceEqual(File.ReadAllBytes(file.FullName)),
                    $"{file.Name} differs from what build.sh makes of src/. Run simulations/four-arm/build.sh and commit the result.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
