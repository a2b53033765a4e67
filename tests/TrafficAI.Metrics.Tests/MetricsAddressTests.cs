namespace TrafficAI.Metrics.Tests;

public sealed class MetricsAddressTests : IDisposable
{
    private const string Secret = "t0ken-of-the-store";

    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-metrics").FullName;

    private string TokenFile => Path.Combine(folder, "token.txt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_shown_holds_no_secret_wherever_it_came_from()
    {
        File.WriteAllText(TokenFile, Secret + "\n");
        string[] texts =
        [
            $"influxdb://h/city?user=me&passwordFile={TokenFile}", $"influxdbs://h:443?v=2&org=o&bucket=b&tokenFile={TokenFile}", "influxdb://h/city?v=1&user=me",
            "influxdb://h?v=2&org=o&bucket=b",
        ];
        Assert.All(texts, text =>
        {
            var address = MetricsAddress.Parse(text, _ => Secret);
            Assert.DoesNotContain(Secret, address.ToString(), StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(address.Secret));
        });
        Assert.Equal("influxdb://h:8086/city?v=1", MetricsAddress.Parse(texts[0], _ => null).ToString());
        Assert.Equal("https://h/api/v2/write?org=o&bucket=b&precision=s", MetricsAddress.Parse(texts[1], _ => null).Write.ToString());
        Assert.Equal(Secret, MetricsAddress.Parse(texts[1], _ => null).Secret);
    }

    [Theory]
    [InlineData("http://h/city", "influxdb://host[:port]/database")]
    [InlineData("influxdb://me:t0ken-of-the-store@h/city", "before the host")]
    [InlineData("influxdb://h", "the database is missing")]
    [InlineData("influxdb://h?v=2&org=o", "'org' or 'bucket' is missing")]
    [InlineData("influxdb://h/city?token=t0ken-of-the-store", "no option 'token'")]
    [InlineData("influxdb://h/city?bucket=b", "belongs to the other version")]
    [InlineData("influxdb://h?v=2&org=o&bucket=b&user=me", "belongs to the other version")]
    [InlineData("influxdb://h/city?v=3", "no version '3'")]
    [InlineData("influxdb://h/city?bufferMegabytes=0", "bufferMegabytes")]
    [InlineData("influxdb://h/city?user=me&passwordFile=nowhere/at/all", "cannot be read")]
    public void What_is_no_address_is_refused_in_one_line_that_quotes_no_secret(string text, string part)
    {
        var refusal = Assert.Throws<MetricsException>(() => MetricsAddress.Parse(text, _ => null)).Message;
        Assert.Contains(part, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal);
    }
}
