using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Field.Synthetic;

/// <summary>What the loops of a made-up crossing say: vehicles come by chance, queue, and leave at green one every two seconds.</summary>
/// <param name="seed">Of who comes when.</param>
public sealed class SyntheticTraffic(IntersectionModel model, ulong seed)
{
    /// <summary>Vehicles a lane and second: 360 an hour.</summary>
    private const double Arrivals = 0.1;

    private const int Headway = 2;

    private readonly SplitMix64 chance = new(seed);
    private readonly int[] queue = new int[model.Lanes.Length];
    private readonly int[] exits = [.. model.Intersection.Detectors.Where(d => d.Kind == DetectorKind.Exit).Select(d => d.Index)];

    /// <summary>The readings of the next second.</summary>
    /// <param name="shown">The lamps of that second.</param>
    public DetectorReadings Next(SignalState shown)
    {
        var readings = new LoopReading[model.Intersection.Detectors.Length];
        foreach (var detector in model.Intersection.Detectors)
        {
            if (detector.Kind == DetectorKind.Advance && chance.NextUnit() < Arrivals) Arrive(detector, readings);
            if (detector.Kind == DetectorKind.Stop && queue[detector.StopLane] > 0) Wait(detector, shown, readings);
        }

        return new(Sensing.Loops, [], ImmutableArray.Create(readings));
    }

    private void Arrive(Detector advance, LoopReading[] readings)
    {
        queue[advance.StopLane]++;
        readings[advance.Index] = new(1, 400);
    }

    private void Wait(Detector stop, SignalState shown, LoopReading[] readings)
    {
        var goes = shown.Next is null && model.Serves(shown.Phase, stop.StopLane) && shown.Elapsed % Headway == 0;
        readings[stop.Index] = new((byte)(goes ? 1 : 0), (ushort)(goes ? 600 : 1000));
        if (!goes) return;
        queue[stop.StopLane]--;
        if (exits.Length > 0) readings[exits[chance.NextBetween(0, exits.Length - 1)]] = new(1, 400);
    }
}
