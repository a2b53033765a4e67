using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Which of two inside a junction goes first where their ways meet: the one that came first, unless it must let the other go.</summary>
/// <remarks>SUMO 1.15, MSVehicle.isLeader.</remarks>
internal sealed class Precedence(StreetState street)
{
    private readonly StreetMap map = street.Map;

    /// <param name="link">At the end of the lane inside on which <paramref name="ego"/> meets the other.</param>
    /// <param name="gap">To the back of the other, metres; negative where it is beside or behind.</param>
    /// <returns>Whether the other goes first.</returns>
    public bool IsFirst(in Car other, in Car ego, int link, in Meeting meeting, double gap)
    {
        var junction = map.Links[link].Junction;
        if (JunctionOf(ego.Lane) != junction || JunctionOf(other.Lane) != junction) return true;
        var (own, foe) = Entered(ego, other, meeting, gap);
        if (own != foe) return own > foe;
        return ego.Speed == other.Speed ? ego.Vehicle < other.Vehicle : ego.Speed < other.Speed;
    }

    /// <summary>The steps of entry that are compared: who has the right of way keeps its claim, the other counts from where ways cross.</summary>
    private (long Own, long Foe) Entered(in Car ego, in Car other, in Meeting meeting, double gap)
    {
        if (meeting.SameOrigin) return (ego.EnteredFirst, other.EnteredFirst);
        var (yields, foeYields) = WhoYields(ego, other, meeting, gap);
        if (!yields) return (ego.Entered, other.EnteredConflict);
        return (ego.EnteredConflict, foeYields ? other.EnteredConflict : other.Entered);
    }

    /// <summary>By the lights as they show now, so that who was caught inside by a red can leave; by the matrix where they leave it open.</summary>
    private (bool Yields, bool FoeYields) WhoYields(in Car ego, in Car other, in Meeting meeting, double gap)
    {
        var (entry, foeEntry) = (meeting.Entry, meeting.FoeEntry);
        if (street.IsRed(entry) || street.IsRed(foeEntry))
        {
            if (street.IsRed(foeEntry) || other.Speed <= CarFollowing.Halting || gap >= 0) return (street.IsRed(foeEntry), street.IsRed(entry));
            var canStop = -gap - other.Length >= BrakeGap(other);
            return (!canStop, canStop);
        }

        var (major, foeMajor) = (street.HasPriority(entry), street.HasPriority(foeEntry));
        if (major != foeMajor) return (!major, !foeMajor);
        if (street.IsAmber(entry) && street.IsAmber(foeEntry)) return (other.Speed >= ego.Speed, ego.Speed >= other.Speed);
        return (meeting.Yields, meeting.FoeYields);
    }

    private double BrakeGap(in Car car)
    {
        ref readonly var kind = ref street.Kinds[car.Kind];
        return CarFollowing.BrakeGap(car.Speed, kind.Deceleration, kind.Tau, street.Dt);
    }

    private int JunctionOf(int lane) => map.Lanes[lane].IsInside && map.Lanes[lane].Exit is >= 0 and var exit ? map.Links[exit].Junction : StreetMap.None;
}
