using System.Diagnostics;
using TrafficAI.FieldBus.Tests.Vectors;

namespace TrafficAI.FieldBus.Tests;

/// <summary>The schema and the AsyncAPI document before their own tools, which <c>./test</c> installs where npm is.</summary>
public sealed class ContractToolsTests
{
    [Fact]
    public async Task Schema_and_topics_are_as_their_own_tools_want_them()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(VectorFiles.Checkout, "artifacts", "contract-tools", "installed")), "No tools: run firmware-contracts/check.sh --install, which needs npm.");
        using var check = Process.Start(new ProcessStartInfo(Path.Combine(VectorFiles.Checkout, "firmware-contracts", "check.sh"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(check.ExitCode == 0, output + await errors);
        Assert.Contains("buf lint: no complaint", output, StringComparison.Ordinal);
        Assert.Contains("asyncapi: 11 channels, 11 operations, no error", output, StringComparison.Ordinal);
    }
}
