namespace TrafficAI.Simulation.Model;

/// <summary>Finds whether those who wait at a junction without priorities wait for one another in a circle.</summary>
/// <remarks>SUMO 1.15, MSLink.getFirstApproachingFoe.</remarks>
internal static class Deadlock
{
    private const int MostFollowed = 100;

    public static bool IsPartOfOne(StreetState street, int link)
    {
        var blocker = FirstFoe(street, link, link);
        for (var i = 0; i < MostFollowed && blocker >= 0 && blocker != link; i++) blocker = FirstFoe(street, blocker, link);
        return blocker == link;
    }

    /// <summary>The link of the nearest one that the link must let go; the link asked for where the chain comes back to its lane.</summary>
    private static int FirstFoe(StreetState street, int link, int asked)
    {
        var (nearest, vehicle, found) = (float.PositiveInfinity, int.MaxValue, -1);
        foreach (var foe in street.Map.Links[link].Foes)
        {
            for (var i = street.Approaches.FirstOf(foe); i >= 0; i = street.Approaches[i].Next)
            {
                ref readonly var approach = ref street.Approaches[i];
                if (street.Map.Links[foe].From == street.Map.Links[asked].From) return asked;
                if (approach.Distance > nearest || (approach.Distance == nearest && approach.Vehicle >= vehicle)) continue;
                (nearest, vehicle, found) = (approach.Distance, approach.Vehicle, foe);
            }
        }

        return found;
    }
}
