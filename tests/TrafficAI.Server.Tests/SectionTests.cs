using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Tests;

/// <summary>Whoever draws a junction is told which of its lights are additional sections.</summary>
public sealed class SectionTests
{
    [Fact]
    public async Task A_group_that_the_file_calls_a_section_is_one_and_no_other()
    {
        var scenario = Directory.CreateTempSubdirectory("trafficai-section");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RecordedRun.Root, "simulations", "corridor"))) File.Copy(file, Path.Combine(scenario.FullName, Path.GetFileName(file)));
        await File.WriteAllTextAsync(
            Path.Combine(scenario.FullName, "signals.json"), """{"version":1,"intersections":[{"id":"J3","groups":[{"links":[3,4,5],"lamp":"section"}]}]}""", TestContext.Current.CancellationToken);
        await using (var run = await Recording.OfAsync(scenario.FullName, "fixed", Sensing.Full, 10, TestContext.Current.CancellationToken))
        {
            var sections = run.Served.Site.Network.Intersections.Select(i => IntersectionGeometry.Of(run.Served, i.Index)).SelectMany(g => g.Groups.Where(group => group.Section).Select(group => (g.Id, group.Links)));
            var (id, links) = Assert.Single(sections);
            Assert.Equal("J3", id);
            Assert.Equal([3, 4, 5], links);
        }

        scenario.Delete(recursive: true);
    }
}
