using System.Globalization;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>What a second of an intersection costs on disk, with decisions, digests and the file's own pages; the start of a log left aside.</summary>
public sealed class SizeTests : IDisposable
{
    private const int Begin = 60;
    private const int End = 960;
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    /// <summary>With full sensing a frame grows with the vehicles in sight: at half the demand about a dozen.</summary>
    [Theory]
    [InlineData("loops", "1", 150)]
    [InlineData("full", "0.5", 250)]
    public async Task A_second_of_an_intersection_is_small(string sensing, string scale, int mostBytes)
    {
        var bytes = await BytesAsync(sensing, scale, End) - await BytesAsync(sensing, scale, Begin);
        Assert.InRange(bytes / (double)(End - Begin), 30, mostBytes);
    }

    private async Task<long> BytesAsync(string sensing, string scale, int end)
    {
        var log = files.File(string.Create(CultureInfo.InvariantCulture, $"{end}.db"));
        using var run = await Command.RunAsync(
            "simulate", Checkout.FourArm, "--sensing", sensing, "--scale", scale, "--end", end.ToString(CultureInfo.InvariantCulture), "--log", log);
        Assert.True(run.ExitCode == 0, run.Errors);
        return new FileInfo(log).Length;
    }
}
