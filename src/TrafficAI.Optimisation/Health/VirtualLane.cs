using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>A lane as it would be if its traffic were what is expected: says what its loops would say, in the place of those that cannot be
/// believed.</summary>
/// <remarks>Arrivals at an even rate where the advance loop is lost, departures at saturation flow where the stop loop is.</remarks>
internal sealed class VirtualLane
{
    private const int MostWaiting = 40;
    private const ushort Occupied = 1000;
    private const ushort Crossed = 400;

    private readonly int travelSeconds;
    private readonly int storage;
    private readonly Queue<long> coming = new();
    private double part;
    private double ready;
    private int waiting;
    private int behind;
    private bool onStopLoop;

    public VirtualLane(LaneModel lane)
    {
        travelSeconds = (int)(lane.AdvanceDistanceMetres / (DischargeRates.FreeSpeedFactor * lane.SpeedMetresPerSecond));
        storage = Math.Max(1, (int)(lane.AdvanceDistanceMetres / DischargeRates.JamSpacingMetres));
    }

    /// <summary>The advance loop when neither loop is to be believed.</summary>
    /// <param name="perSecond">Mean arrivals.</param>
    public LoopReading Advance(double perSecond)
    {
        return new((byte)Come(perSecond), waiting > storage ? Occupied : (ushort)0);
    }

    /// <summary>The advance loop when the stop loop is good: whoever that counts must have come over it, and while somebody stands there in red
    /// more are taken to come behind.</summary>
    /// <param name="open">Part of the lane's traffic that has green, 0 to 1.</param>
    public LoopReading Advance(double perSecond, LoopReading stop, double open)
    {
        var stands = stop.OccupancyPermille == Occupied;
        var count = stands && open <= 0 ? Come(perSecond) : 0;
        behind += count;
        if (!stands && stop.Count == 0 && open > 0) behind = 0;
        var expected = Math.Min(behind, stop.Count);
        behind -= expected;
        return new((byte)Math.Min(count + stop.Count - expected, byte.MaxValue), behind > storage ? Occupied : (ushort)0);
    }

    /// <summary>The stop loop.</summary>
    /// <param name="arrived">Vehicles that have crossed the advance loop.</param>
    /// <param name="open">Part of the lane's traffic that has green, 0 to 1.</param>
    public LoopReading Stop(long second, int arrived, double open)
    {
        for (var i = 0; i < arrived && coming.Count + waiting < MostWaiting; i++) coming.Enqueue(second + travelSeconds);
        while (coming.Count > 0 && coming.Peek() <= second)
        {
            coming.Dequeue();
            waiting++;
        }

        return Discharge(open);
    }

    /// <param name="perSecond">Below 1: no lane carries more.</param>
    private int Come(double perSecond)
    {
        part += Math.Min(perSecond, 1);
        var count = (int)part;
        part -= count;
        return count;
    }

    private LoopReading Discharge(double open)
    {
        byte count = 0;
        ready = open > 0 ? Math.Min(ready + open / DischargeRates.HeadwaySeconds, 1.5) : -DischargeRates.StartUpSeconds / DischargeRates.HeadwaySeconds;
        for (; ready >= 1 && waiting > 0; ready--, waiting--)
        {
            if (!onStopLoop) count++;
            onStopLoop = false;
        }

        if (waiting > 0 && !onStopLoop)
        {
            onStopLoop = true;
            count++;
        }

        return new(count, onStopLoop ? Occupied : count > 0 ? Crossed : (ushort)0);
    }
}
