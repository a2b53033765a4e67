using System.Text;

namespace TrafficAI.Network.Tests;

/// <summary>Damages a good file in many ways: it may still be read, or be refused with a <see cref="NetworkException"/>, and nothing else.</summary>
public class FuzzTests
{
    [Fact]
    public void Random_damage_to_bytes_gives_a_network_or_a_network_exception()
    {
        var good = Fixture.Bytes(Fixture.TwoRoads);
        var random = new Random(20260101);
        var refused = Enumerable.Range(0, 1500).Count(_ => IsRefused(Damage(good, random)));
        Assert.InRange(refused, 500, 1499);
    }

    [Fact]
    public void Random_damage_to_gzip_gives_a_network_or_a_network_exception()
    {
        var good = Fixture.Gzip(Fixture.Bytes(Fixture.TwoRoads));
        var random = new Random(20260102);
        var refused = Enumerable.Range(0, 500).Count(_ => IsRefused(Damage(good, random)));
        Assert.InRange(refused, 300, 500);
    }

    /// <summary>Well-formed XML with wrong words reaches farther than damaged bytes.</summary>
    [Fact]
    public void Swapped_words_give_a_network_or_a_network_exception()
    {
        var words = Fixture.Text(Fixture.TwoRoads).Split('"');
        var random = new Random(20260103);
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            var edited = (string[])words.Clone();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                // Every second piece stands between quotes: the value of an attribute.
                var (to, from) = (1 + 2 * random.Next(words.Length / 2), 1 + 2 * random.Next(words.Length / 2));
                edited[to] = random.Next(8) == 0 ? Odd[random.Next(Odd.Length)] : words[from];
            }

            if (IsRefused(Encoding.UTF8.GetBytes(string.Join('"', edited)))) refused++;
        }

        Assert.InRange(refused, 500, 1999);
    }

    private static readonly string[] Odd =
    [
        "", " ", "-1", "0", "1e308", "-1e308", "1e-308", "NaN", "Infinity", "2147483647", "-2147483648", "99999999999",
        ":", "_", ":_", ":_0", ",", ",,", "0,0 0,0", "\u0416",
    ];

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

    private static byte[] Damage(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var edits = random.Next(1, 6); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                default: bytes[at] = (byte)"0123456789-.:_\"<>/ "[random.Next(19)]; break;
            }
        }

        return [.. bytes];
    }
}
