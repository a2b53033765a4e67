using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Tells which exit lanes are full, from their loops.</summary>
/// <remarks>Blocked when occupied more than 80 % for more than 8 s; free again when clear for 2 s.</remarks>
public sealed class ExitWatch(IntersectionModel model)
{
    private const int OccupiedPermille = 800;
    private const int BlockedAfterSeconds = 8;
    private const int FreeAfterSeconds = 2;
    private readonly int[] occupiedSeconds = new int[model.ExitDetectors.Length];
    private readonly int[] clearSeconds = new int[model.ExitDetectors.Length];
    private readonly bool[] blocked = new bool[model.ExitDetectors.Length];

    /// <summary>Per exit lane: nothing more fits in. Valid until the next second.</summary>
    public ImmutableArray<bool> Blocked => ImmutableCollectionsMarshal.AsImmutableArray(blocked);

    public void Observe(ImmutableArray<LoopReading> loops)
    {
        for (var exit = 0; exit < blocked.Length; exit++) Observe(exit, loops[model.ExitDetectors[exit]].OccupancyPermille);
    }

    private void Observe(int exit, int permille)
    {
        var occupied = permille > OccupiedPermille;
        clearSeconds[exit] = occupied ? 0 : clearSeconds[exit] + 1;
        if (occupied) occupiedSeconds[exit]++;
        else if (!blocked[exit] || clearSeconds[exit] >= FreeAfterSeconds) occupiedSeconds[exit] = 0;
        blocked[exit] = blocked[exit] ? clearSeconds[exit] < FreeAfterSeconds : occupiedSeconds[exit] > BlockedAfterSeconds;
    }
}
