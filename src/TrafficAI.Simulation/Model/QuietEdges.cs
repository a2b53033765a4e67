using System.Runtime.CompilerServices;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Model;

/// <summary>Settles the edges on which everybody's route keeps from the lanes beside and nobody has anything else to think of: then nobody need be asked one
/// after the other.</summary>
internal sealed class QuietEdges(StreetState street, LaneWish wish)
{
    /// <summary>An edge that was not quiet is rarely so right after: it is not looked at again for so many steps.</summary>
    private const byte Pause = 3;

    private readonly byte[] pauses = new byte[street.Map.Network.Edges.Length];
    private (int Slot, double LookAheadSpeed)[] settled = new (int, double)[64];
    private int count;

    /// <returns>Whether the edge is settled; nothing has been written otherwise.</returns>
    public bool TrySettle(int edge, int first, int lanes)
    {
        if (street.HaveStops) return false;
        ref var pause = ref pauses[edge];
        if (pause > 0)
        {
            pause--;
            return false;
        }

        if (AreQuiet(first, lanes)) return true;
        pause = Pause;
        return false;
    }

    private bool AreQuiet(int first, int lanes)
    {
        count = 0;
        for (var at = 0; at < lanes; at++) if (street.LaneCount[first + at] > 0 && !AllStay(first, lanes, at)) return false;
        foreach (ref readonly var one in settled.AsSpan(0, count))
        {
            ref var changing = ref street.Changings[one.Slot];
            (changing.LookAheadSpeed, changing.State) = (one.LookAheadSpeed, Wish.Stay | Wish.Strategic);
        }

        return true;
    }

    private bool AllStay(int first, int lanes, int at)
    {
        var lane = first + at;
        if (street.IsFull(lane)) return false;
        var right = at > 0 ? street.Map.Lanes[lane - 1].Allowed : VehicleClasses.None;
        var left = at + 1 < lanes ? street.Map.Lanes[lane + 1].Allowed : VehicleClasses.None;
        foreach (var slot in street.On(lane)) if (!Stays(slot, right, left)) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Stays(int slot, VehicleClasses right, VehicleClasses left)
    {
        ref readonly var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        ref readonly var changing = ref street.Changings[slot];
        var speed = changing.LookAheadSpeed;
        var (mayRight, mayLeft) = ((right & kind.Class) != 0, (left & kind.Class) != 0);
        if (mayRight && !wish.Stays(-1, car, kind, changing, ref speed)) return false;
        if (mayLeft && !wish.Stays(1, car, kind, changing, ref speed)) return false;
        if (!mayRight && !mayLeft) return true;
        if (count == settled.Length) Array.Resize(ref settled, 2 * count);
        settled[count++] = (slot, speed);
        return true;
    }
}
