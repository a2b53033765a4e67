using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>One lane with a stop loop at its line and an advance loop 45 m before it, second by second: vehicles come at given seconds,
/// drive freely, queue 7.5 m apart and leave every 2 s of green. Knows the truth.</summary>
internal sealed class LoopStreet(double advanceMetres = 45)
{
    private const double Step = 0.9 * Street.Limit;
    private const double Spacing = 7.5;
    private const double LoopReach = 5;
    private readonly List<double> places = [];
    private int sinceLeft = 9;
    private int green;

    /// <summary>Vehicles that have crossed the advance loop and not yet the line.</summary>
    public int Between => places.Count(p => p <= advanceMetres);

    /// <summary>The vehicles, in metres before the line, the nearest first.</summary>
    public IReadOnlyList<double> Places => places;

    /// <summary>Vehicles that have crossed the line so far.</summary>
    public int Left { get; private set; }

    /// <summary>Vehicles that stand.</summary>
    public int Standing { get; private set; }

    /// <summary>Lets a second pass.</summary>
    public (LoopReading Stop, LoopReading Advance) Second(bool isGreen, bool comes)
    {
        green = isGreen ? green + 1 : 0;
        sinceLeft++;
        var before = places.ToArray();
        var leaves = green >= 2 && sinceLeft >= 2 && places.Count > 0 && places[0] <= Step;
        var stopCount = Move(leaves);
        if (comes) places.Add(200);
        var advanceCount = Crossed(before, leaves, advanceMetres);
        return (new((byte)stopCount, (ushort)(places.Count > 0 && places[0] < 1 ? 1000 : stopCount > 0 ? 400 : 0)),
            new((byte)advanceCount, Covered(advanceMetres) ? (ushort)1000 : (ushort)(advanceCount > 0 ? 400 : 0)));
    }

    /// <summary>A vehicle is counted by the stop loop when it comes to stand on it, or crosses without a stop.</summary>
    private int Move(bool leaves)
    {
        var counted = 0;
        if (leaves)
        {
            if (places[0] > 0.5) counted++;
            places.RemoveAt(0);
            Left++;
            sinceLeft = 0;
        }

        Standing = 0;
        for (var i = 0; i < places.Count; i++)
        {
            var end = i == 0 ? 0 : places[i - 1] + Spacing;
            var next = Math.Max(end, places[i] - Step);
            if (i == 0 && places[i] > 0.5 && next <= 0.5) counted++;
            if (next >= places[i] - 0.1) Standing++;
            places[i] = next;
        }

        return counted;
    }

    private int Crossed(double[] before, bool left, double line)
    {
        var shift = left ? 1 : 0;
        var crossed = 0;
        for (var i = 0; i < places.Count && i + shift < before.Length; i++)
        {
            if (before[i + shift] > line && places[i] <= line) crossed++;
        }

        return crossed;
    }

    private bool Covered(double line) => places.Any(p => p <= line && p > line - LoopReach);
}
