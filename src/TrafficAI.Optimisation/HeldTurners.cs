namespace TrafficAI.Optimisation;

/// <summary>Tells a rollout which lanes are blocked by turners who are held inside the junction, past the stop line and out of sight.</summary>
public sealed class HeldTurners(IntersectionModel model)
{
    /// <summary>They block their lane if nobody has left it for so long; else the others pass them.</summary>
    private const int BlockedSeconds = 4;

    /// <summary>Per lane: how many block it.</summary>
    /// <param name="inside">Written, per lane: vehicles, 0 where none is held or where they block nobody.</param>
    /// <param name="movements">Written where there are any: the movement that they are taken to be of.</param>
    public void Find(in Situation situation, Span<int> inside, Span<int> movements)
    {
        inside.Clear();
        var held = situation.Picture.HeldInside;
        for (var lane = 0; lane < held.Length; lane++)
        {
            if (held[lane] == 0 || situation.Picture.Lanes[lane].SinceDischargeSeconds < BlockedSeconds) continue;
            if (Likeliest(model.Lanes[lane], situation) is not { } movement) continue;
            inside[lane] = held[lane];
            movements[lane] = movement;
        }
    }

    /// <summary>Of the movements of a lane that wait inside in the running phase.</summary>
    private int? Likeliest(LaneModel lane, in Situation situation)
    {
        int? best = null;
        foreach (var m in lane.Movements)
        {
            if (!model.Movements[m].WaitsInside || model.RightOf(situation.Signals.Phase, m) != Right.Yielding) continue;
            if (best is not { } known || situation.Picture.TurnShares[m] > situation.Picture.TurnShares[known]) best = m;
        }

        return best;
    }
}
