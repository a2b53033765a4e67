namespace TrafficAI.Measures;

/// <summary>Counts the queue of an approach in one second.</summary>
internal static class Queues
{
    /// <summary>A queue whose last vehicle is so near to where the road begins has no room for another one.</summary>
    private const int RoomDecimetres = 150;

    /// <param name="standing">Vehicles that stand.</param>
    /// <param name="backDecimetres">From the stop line to the last of them.</param>
    public static void Count(Tally tally, MeasuredApproach approach, int standing, int backDecimetres)
    {
        tally.Add(ApproachCount.StandingSeconds, approach.Index, standing);
        tally.Most(ApproachCount.StandingMost, approach.Index, standing);
        tally.Most(ApproachCount.BackMostDecimetres, approach.Index, backDecimetres);
        if (standing > 0 && backDecimetres >= approach.SightDecimetres - RoomDecimetres) tally.Add(ApproachCount.SpillbackSeconds, approach.Index);
    }
}
