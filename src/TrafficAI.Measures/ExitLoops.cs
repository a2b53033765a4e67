using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Tells from their loops which exit lanes are full.</summary>
/// <remarks>Blocked when occupied more than 80 % in each of more than 8 s; free again when clear for 2 s: as the optimiser judges.</remarks>
internal sealed class ExitLoops(IntersectionLayout layout)
{
    private const int OccupiedPermille = 800;
    private const int BlockedAfterSeconds = 8;
    private const int FreeAfterSeconds = 2;
    private readonly int[] occupied = new int[layout.Exits.Length];
    private readonly int[] clear = new int[layout.Exits.Length];
    private readonly bool[] blocked = new bool[layout.Exits.Length];

    public void Observe(ImmutableArray<LoopReading> loops, Tally tally)
    {
        var any = false;
        foreach (var exit in layout.Exits)
        {
            if (exit.Detector < 0) continue;
            Observe(exit.Index, loops[exit.Detector].OccupancyPermille > OccupiedPermille);
            any |= blocked[exit.Index];
            if (blocked[exit.Index]) tally.Block(exit.Index);
        }

        if (any) tally.Add(Count.BlockedSeconds);
    }

    public void Break()
    {
        Array.Clear(occupied);
        Array.Clear(clear);
        Array.Clear(blocked);
    }

    private void Observe(int exit, bool isOccupied)
    {
        clear[exit] = isOccupied ? 0 : clear[exit] + 1;
        if (isOccupied) occupied[exit]++;
        else if (!blocked[exit] || clear[exit] >= FreeAfterSeconds) occupied[exit] = 0;
        blocked[exit] = blocked[exit] ? clear[exit] < FreeAfterSeconds : occupied[exit] > BlockedAfterSeconds;
    }
}
