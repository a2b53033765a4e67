using System.Globalization;
using System.IO.Compression;

namespace TrafficAI.Dashboard.Tests;

/// <summary>How much a browser must load.</summary>
public sealed class BundleTests(ITestOutputHelper output)
{
    private const int MostOfTheRest = 70_000;
    private const int MostOfTheMap = 330_000;
    private const int MostOfAll = 2_000_000;

    [Fact]
    public void The_bundle_stays_small()
    {
        Assert.SkipUnless(WebFolder.IsBuilt, "The dashboard is not built: it takes npm.");
        var files = Directory.EnumerateFiles(WebFolder.PathOf("dist"), "*", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetFileName(path), Bytes: new FileInfo(path).Length, Zipped: Zipped(path))).OrderByDescending(file => file.Bytes).ToList();
        foreach (var (name, bytes, zipped) in files) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {bytes,9} bytes, {zipped,8} zipped"));
        var map = files.Where(file => file.Name.StartsWith("map-", StringComparison.Ordinal)).Sum(file => file.Zipped);
        var worker = files.Where(file => file.Name.Contains("worker", StringComparison.Ordinal)).Sum(file => file.Zipped);
        var rest = files.Sum(file => file.Zipped) - map - worker;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all {files.Sum(file => file.Bytes)} bytes; zipped: map {map}, its worker {worker}, everything else {rest}"));
        Assert.InRange(map, 1, MostOfTheMap);
        Assert.InRange(rest, 1, MostOfTheRest);
        Assert.InRange(files.Sum(file => file.Bytes), 1, MostOfAll);
    }

    [Fact]
    public void The_page_has_no_script_or_style_of_its_own()
    {
        Assert.SkipUnless(WebFolder.IsBuilt, "The dashboard is not built: it takes npm.");
        var page = File.ReadAllText(WebFolder.PathOf("dist/index.html"));
        Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)", page);
        Assert.DoesNotMatch(@"<style|\sstyle=|\son[a-z]+=", page);
        Assert.DoesNotMatch(@"https?://", page);
    }

    private static long Zipped(string path)
    {
        using var into = new MemoryStream();
        using (var zip = new GZipStream(into, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(File.ReadAllBytes(path));
        return into.Length;
    }
}
