using TrafficAI.Fuzz;

namespace TrafficAI.Network.Tests;

/// <summary>Damages a good file in many ways: it may still be read, or be refused with a <see cref="NetworkException"/>, and nothing else.
/// TrafficAI.Fuzz does the same for as long as one likes.</summary>
public class FuzzTests
{
    [Fact]
    public void Random_damage_to_bytes_gives_a_network_or_a_network_exception()
    {
        var good = Fixture.Bytes(Fixture.TwoRoads);
        var random = new Random(20260101);
        var refused = Enumerable.Range(0, 1500).Count(_ => IsRefused(Mutation.Bytes(good, random)));
        Assert.InRange(refused, 500, 1499);
    }

    [Fact]
    public void Random_damage_to_gzip_gives_a_network_or_a_network_exception()
    {
        var good = Fixture.Gzip(Fixture.Bytes(Fixture.TwoRoads));
        var random = new Random(20260102);
        var refused = Enumerable.Range(0, 500).Count(_ => IsRefused(Mutation.Bytes(good, random)));
        Assert.InRange(refused, 300, 500);
    }

    /// <summary>Well-formed XML with wrong words reaches farther than damaged bytes.</summary>
    [Fact]
    public void Swapped_words_give_a_network_or_a_network_exception()
    {
        var text = Fixture.Text(Fixture.TwoRoads);
        var random = new Random(20260103);
        var refused = Enumerable.Range(0, 2000).Count(_ => IsRefused(Mutation.QuotedWords(text, random)));
        Assert.InRange(refused, 500, 1999);
    }

    private static bool IsRefused(byte[] content)
    {
        try
        {
            NetworkReader.Read(content, "damaged.net.xml");
            return false;
        }
        catch (NetworkException e)
        {
            Assert.Matches("^damaged\\.net\\.xml, line [1-9][0-9]*: .+\\. .+\\.$", e.Message);
            Assert.DoesNotContain('\n', e.Message);
            return true;
        }
    }
}
