using TrafficAI.Network;

namespace TrafficAI.Simulation.Model;

/// <summary>Settles the edges on which everybody's route keeps from the lanes beside and nobody has anything else to think of: then nobody need be asked one
/// after the other.</summary>
internal sealed class QuietEdges(StreetState street, LaneWish wish)
{
    /// <summary>In place of a speed, for one who has no lane beside.</summary>
    private const double Alone = -1;

    private double[] remembered = new double[64];

    /// <returns>Whether the edge is settled; nothing has been written otherwise.</returns>
    public bool TrySettle(int first, int lanes)
    {
        if (street.HaveStops) return false;
        var count = 0;
        for (var at = 0; at < lanes; at++)
        {
            var slots = street.On(first + at);
            if (slots.IsEmpty) continue;
            if (street.IsFull(first + at)) return false;
            var right = at > 0 ? street.Map.Lanes[first + at - 1].Allowed : VehicleClasses.None;
            var left = at + 1 < lanes ? street.Map.Lanes[first + at + 1].Allowed : VehicleClasses.None;
            if (remembered.Length < count + slots.Length) Array.Resize(ref remembered, 2 * (count + slots.Length));
            foreach (var slot in slots) if (!Stays(slot, right, left, ref remembered[count++])) return false;
        }

        count = 0;
        for (var lane = first; lane < first + lanes; lane++) foreach (var slot in street.On(lane)) Settle(ref street.Changings[slot], remembered[count++]);
        return true;
    }

    private bool Stays(int slot, VehicleClasses right, VehicleClasses left, ref double speed)
    {
        ref readonly var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        ref readonly var changing = ref street.Changings[slot];
        var (mayRight, mayLeft) = ((right & kind.Class) != 0, (left & kind.Class) != 0);
        speed = changing.LookAheadSpeed;
        if (mayRight && !wish.Stays(-1, car, kind, changing, ref speed)) return false;
        if (mayLeft && !wish.Stays(1, car, kind, changing, ref speed)) return false;
        if (!mayRight && !mayLeft) speed = Alone;
        return true;
    }

    private static void Settle(ref Changing changing, double speed)
    {
        if (speed != Alone) (changing.LookAheadSpeed, changing.State) = (speed, Wish.Stay | Wish.Strategic);
    }
}
