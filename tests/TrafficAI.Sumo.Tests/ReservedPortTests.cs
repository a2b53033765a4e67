namespace TrafficAI.Sumo.Tests;

public sealed class ReservedPortTests
{
    [Fact]
    public void No_two_engines_are_given_the_same_port_until_it_is_given_back()
    {
        var ports = Enumerable.Range(0, 2000).AsParallel().WithDegreeOfParallelism(8).Select(_ => ReservedPort.Take()).ToList();
        Assert.Equal(ports.Count, ports.Select(p => p.Number).Distinct().Count());
        var mark = Path.Combine(Path.GetTempPath(), $"trafficai-port-{ports[0].Number}");
        Assert.True(File.Exists(mark));
        foreach (var port in ports) port.Dispose();
        Assert.False(File.Exists(mark));
    }
}
