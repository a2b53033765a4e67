namespace TrafficAI.Optimisation;

/// <summary>Whether the all red of a passage is to last longer: somebody is stuck inside whose way those cross who are about to begin. If they began, each could end up in the other's way for good.</summary>
/// <remarks>See "All red for as long as somebody is inside" in docs/results.md.</remarks>
internal static class Clearance
{
    /// <summary>So many overdue vehicles of a lane are stuck; fewer may be a mistake of the counts.</summary>
    private const int StuckVehicles = 2;

    /// <summary>The same where they may wait inside for a gap: one or two of those come out in the amber and all red of many a phase.</summary>
    private const int StuckTurners = 3;

    public static bool IsWanted(IntersectionModel model, in Situation situation)
    {
        if (model.Signals.AllRedExtensionSeconds == 0 || situation.Signals.Next is not { } next) return false;
        var from = situation.Signals.Phase;
        foreach (var movement in model.Movements)
        {
            if (model.RightOf(next, movement.Index) == Right.None || model.RightOf(from, movement.Index) != Right.None) continue;
            foreach (var foe in movement.Crosses)
            {
                if (model.RightOf(from, foe) != Right.None && IsStuck(model, situation.Picture, model.Movements[foe].StopLane)) return true;
            }
        }

        return false;
    }

    private static bool IsStuck(IntersectionModel model, TrafficPicture picture, int lane) =>
        lane < picture.OverdueInside.Length && picture.OverdueInside[lane] >= (MayWaitInside(model, lane) ? StuckTurners : StuckVehicles);

    private static bool MayWaitInside(IntersectionModel model, int lane)
    {
        foreach (var m in model.Lanes[lane].Movements)
        {
            if (model.Movements[m].WaitsInside) return true;
        }

        return false;
    }
}
