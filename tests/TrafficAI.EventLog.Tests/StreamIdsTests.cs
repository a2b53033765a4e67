namespace TrafficAI.EventLog.Tests;

public sealed class StreamIdsTests
{
    [Fact]
    public void An_id_follows_from_stream_and_revision() =>
        Assert.Equal(Guid.Parse("ca978112-ca1b-8dca-8000-000000000001"), StreamIds.Derive("a", 1));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(86_400)]
    [InlineData(0x3FFF_FFFF_FFFF_FFFF)]
    public void The_revision_can_be_read_back(long revision)
    {
        var ids = new StreamIds("inputs-Абай");
        Assert.Equal(revision, ids.RevisionOf(ids.At(revision)));
        Assert.Equal(-1, new StreamIds("inputs-Абая").RevisionOf(ids.At(revision)));
    }

    [Fact]
    public void An_id_of_chance_has_no_revision()
    {
        var ids = new StreamIds("a");
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Equal(-1, ids.RevisionOf(Guid.NewGuid())));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0x4000_0000_0000_0000)]
    public void A_revision_outside_the_range_is_an_error(long revision) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamIds.Derive("a", revision));
}
