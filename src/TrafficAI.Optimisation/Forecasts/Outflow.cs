using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>Makes the forecasts of one intersection for its neighbours.</summary>
public sealed class Outflow(IntersectionModel model)
{
    private readonly int[] entered = new int[model.Outlets.Length];
    private readonly ExpectedOutflow expected = new(model);

    /// <summary>Takes in what the exit loops have counted.</summary>
    public void Observe(Frame frame)
    {
        expected.Clear();
        for (var link = 0; link < entered.Length; link++)
        {
            var counted = frame.Readings.Loops[model.ExitDetectors[model.Outlets[link].Exit]].Count;
            entered[link] = (entered[link] + counted) % LinkForecast.Modulus;
        }
    }

    /// <summary>Takes in who has passed the stop lines.</summary>
    /// <param name="departures">Per stop lane, as <see cref="Estimator.Departures"/>.</param>
    public void Pass(long second, ReadOnlySpan<int> departures)
    {
        if (!model.Outlets.IsEmpty) expected.Observe(second, departures);
    }

    /// <summary>Takes in what has been decided.</summary>
    /// <param name="granted">The phase that runs, or that the interphase leads to, from <see cref="Situation.ActsAt"/> on.</param>
    /// <param name="later">What comes after it.</param>
    public void Plan(in Situation situation, PhaseId granted, ReadOnlySpan<ExpectedPhase> later)
    {
        if (!model.Outlets.IsEmpty) expected.Expect(situation, granted, later);
    }

    /// <summary>What each neighbour is told; the neighbours rising.</summary>
    /// <param name="load">As <see cref="Forecast.Load"/>.</param>
    public ImmutableArray<Telling> Tell(long second, int? load)
    {
        if (model.Outlets.IsEmpty) return [];
        var all = ImmutableArray.CreateBuilder<Telling>();
        for (var first = 0; first < entered.Length;)
        {
            var to = model.Outlets[first].To;
            var links = ImmutableArray.CreateBuilder<LinkForecast>();
            for (; first < entered.Length && model.Outlets[first].To == to; first++) links.Add(new(entered[first], Expected(model.Outlets[first].Exit)));
            all.Add(new(to, new(model.Intersection.Index, second, links.DrainToImmutable(), load)));
        }

        return all.DrainToImmutable();
    }

    private ImmutableArray<int> Expected(int exit)
    {
        var vehicles = expected.On(exit);
        var length = vehicles.Length;
        while (length > 0 && Hundredths(vehicles[length - 1]) == 0) length--;
        if (length == 0) return [];
        var told = new int[length];
        for (var i = 0; i < length; i++) told[i] = Hundredths(vehicles[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(told);
    }

    private static int Hundredths(double vehicles) => (int)(vehicles * LinkForecast.Vehicle + 0.5);
}
