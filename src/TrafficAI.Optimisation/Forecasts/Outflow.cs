using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>Makes the forecasts of one intersection for its neighbours.</summary>
public sealed class Outflow(IntersectionModel model)
{
    private readonly int[] entered = new int[model.Outlets.Length];

    /// <summary>Takes in what the exit loops have counted.</summary>
    public void Observe(Frame frame)
    {
        for (var link = 0; link < entered.Length; link++)
        {
            var counted = frame.Readings.Loops[model.ExitDetectors[model.Outlets[link].Exit]].Count;
            entered[link] = (entered[link] + counted) % LinkForecast.Modulus;
        }
    }

    /// <summary>What each neighbour is told; the neighbours rising.</summary>
    public ImmutableArray<Telling> Tell(long second)
    {
        if (model.Outlets.IsEmpty) return [];
        var all = ImmutableArray.CreateBuilder<Telling>();
        for (var first = 0; first < entered.Length;)
        {
            var to = model.Outlets[first].To;
            var links = ImmutableArray.CreateBuilder<LinkForecast>();
            for (; first < entered.Length && model.Outlets[first].To == to; first++) links.Add(new(entered[first]));
            all.Add(new(to, new(model.Intersection.Index, second, links.DrainToImmutable())));
        }

        return all.DrainToImmutable();
    }
}
