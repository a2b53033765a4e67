namespace TrafficAI.Optimisation;

/// <summary>Tells a rollout which lanes are blocked by turners who are held inside the junction, past the stop line and out of sight.</summary>
public sealed class HeldTurners(IntersectionModel model)
{
    /// <summary>They block their lane if nobody has left it for so long; else the others pass them.</summary>
    private const int BlockedSeconds = 4;

    /// <summary>Per lane: how many there are.</summary>
    /// <param name="blocking">Written, per lane: those who block it; 0 where none is held or where they block nobody.</param>
    /// <param name="waiting">Written, per lane: all who have to come out before others may cross their way, as <see cref="TrafficPicture.WaitingInside"/>.</param>
    /// <param name="movements">Written where there are any: the movement that they are taken to be of.</param>
    public void Find(in Situation situation, Span<int> blocking, Span<int> waiting, Span<int> movements)
    {
        blocking.Clear();
        waiting.Clear();
        var picture = situation.Picture;
        for (var lane = 0; lane < picture.WaitingInside.Length; lane++)
        {
            if (picture.WaitingInside[lane] == 0 || Likeliest(model.Lanes[lane], situation) is not { } movement) continue;
            waiting[lane] = picture.WaitingInside[lane];
            blocking[lane] = picture.Lanes[lane].SinceDischargeSeconds < BlockedSeconds ? 0 : picture.HeldInside[lane];
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
