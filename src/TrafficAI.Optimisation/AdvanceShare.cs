namespace TrafficAI.Optimisation;

/// <summary>The part of an advance loop's count that belongs to one stop lane: all of it, unless loops of several stop lanes lie at one
/// place upstream of a joint. Then each vehicle goes to the lane that lacks most, by the shares that the stop loops have counted.</summary>
public sealed class AdvanceShare
{
    private const double PriorVehicles = 3;
    private const double MemoryVehicles = 200;
    private AdvanceShare[] together = [];
    private double counted;
    private double credit;

    private AdvanceShare(int detector, double prior)
    {
        Detector = detector;
        counted = prior;
    }

    /// <summary>Index of the advance loop in a frame's readings.</summary>
    public int Detector { get; }

    /// <summary>Vehicles of the last second that belong to this lane.</summary>
    public int Taken { get; private set; }

    /// <summary>One for each stop lane, in their order.</summary>
    public static AdvanceShare[] Of(IntersectionModel model)
    {
        var all = model.Lanes.Select(lane => new AdvanceShare(lane.AdvanceDetector, PriorVehicles * lane.Movements.Length)).ToArray();
        var detectors = model.Intersection.Detectors;
        foreach (var share in all)
        {
            var own = detectors[share.Detector];
            share.together = [.. all.Where(other => detectors[other.Detector].Lane == own.Lane
                && detectors[other.Detector].PositionMetres.Equals(own.PositionMetres))];
        }

        return all;
    }

    /// <summary>Divides a count; to be called for each lane, the first of a group divides for all.</summary>
    public void Split(int count)
    {
        if (together.Length == 1)
        {
            Taken = count;
            return;
        }

        if (together[0] != this) return;
        foreach (var lane in together) lane.Taken = 0;
        for (var i = 0; i < count; i++) GiveOne();
    }

    /// <summary>So many vehicles have passed the stop loop of this lane.</summary>
    public void Learn(int vehicles)
    {
        counted += vehicles;
        if (counted <= MemoryVehicles) return;
        foreach (var lane in together) lane.counted /= 2;
    }

    private void GiveOne()
    {
        var total = together.Sum(lane => lane.counted);
        var chosen = together[0];
        foreach (var lane in together)
        {
            lane.credit += lane.counted / total;
            if (lane.credit > chosen.credit) chosen = lane;
        }

        chosen.credit -= 1;
        chosen.Taken++;
    }
}
