using TrafficAI.Network;

namespace TrafficAI.Runtime.Tests;

public sealed class StreamNamesTests
{
    [Theory]
    [InlineData("A0", "inputs-A0")]
    [InlineData("cluster_1.2-3", "inputs-cluster_1.2-3")]
    [InlineData("J 1/2", "inputs-J%201%2F2")]
    [InlineData("Абай", "inputs-%D0%90%D0%B1%D0%B0%D0%B9")]
    public void Ids_become_names_that_fit_any_store(string id, string name) => Assert.Equal(name, StreamNames.Inputs(new IntersectionId(id)));
}
