using TrafficAI.InfluxDB;

namespace TrafficAI.Metrics.Tests.InfluxDB;

/// <summary>VictoriaMetrics by InfluxDB.Client.</summary>
public sealed class VictoriaByClientTests : StoreContract<VictoriaProcess>
{
    protected override IMetricsStore StoreAt(MetricsAddress address) => new InfluxStore(address);
}

/// <summary>What InfluxDB.Client is told, and what becomes of it.</summary>
public sealed class InfluxStoreTests : StatusContract
{
    protected override IMetricsStore StoreAt(MetricsAddress address) => new InfluxStore(address);

    [Fact]
    public void Version_1_is_left_to_the_built_in_writer() => Assert.Contains(
        "InfluxDB.Client writes to version 2 only", Assert.Throws<MetricsException>(() => new InfluxStore(MetricsAddress.Parse("influxdb://localhost/city?v=1", _ => null))).Message, StringComparison.Ordinal);
}
