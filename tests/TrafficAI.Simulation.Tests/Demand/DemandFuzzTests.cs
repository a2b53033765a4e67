using System.Text;
using TrafficAI.Fuzz;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests.Demand;

/// <summary>Damages a good file in many ways: it may still be read, or be refused with a <see cref="DemandException"/>, and nothing else.
/// TrafficAI.Fuzz does the same for as long as one likes.</summary>
public class DemandFuzzTests
{
    [Fact]
    public void Random_damage_to_bytes_gives_demand_or_a_demand_exception()
    {
        var random = new Random(20260201);
        var good = Scene.Bytes("demand.rou.xml");
        Assert.InRange(Enumerable.Range(0, 600).Count(_ => IsRefused(Mutation.Bytes(good, random))), 200, 599);
    }

    /// <summary>Well-formed XML with wrong words reaches farther than damaged bytes.</summary>
    [Fact]
    public void Swapped_words_give_demand_or_a_demand_exception()
    {
        var random = new Random(20260202);
        var text = Encoding.UTF8.GetString(Scene.Bytes("demand.rou.xml"));
        Assert.InRange(Enumerable.Range(0, 1200).Count(_ => IsRefused(Mutation.QuotedWords(text, random))), 300, 1199);
    }

    private static bool IsRefused(byte[] content)
    {
        try
        {
            DemandReader.Read(Scene.FourArm, [Scene.File("stops.add.xml"), new("damaged.rou.xml", content)], 0, 600, 1);
            return false;
        }
        catch (DemandException e)
        {
            Assert.Matches("^damaged\\.rou\\.xml, line [1-9][0-9]*: .+\\. .+\\.$", e.Message);
            Assert.DoesNotContain('\n', e.Message);
            return true;
        }
    }
}
