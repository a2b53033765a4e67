using TrafficAI.Optimisation.Priority;

namespace TrafficAI.Optimisation;

/// <summary>Gives the vehicles that have asked for priority their weight in a rollout. Who asked is not known: it is the bus on a lane of its group that comes nearest to the time told, or where
/// none is seen whoever does, within <see cref="NearSeconds"/>.</summary>
/// <param name="busWeight">As <see cref="DecisionOptions.BusWeight"/>: what a bus counts that has not asked.</param>
public sealed class AskedWeights(IntersectionModel model, RolloutTraffic traffic, double busWeight)
{
    /// <summary>A vehicle that is not known to be a bus comes no further from the time told.</summary>
    public const double NearSeconds = 15;

    private readonly int[] taken = new int[PriorityRequests.MostRunning];

    /// <summary>To be called when the traffic of the situation has been loaded.</summary>
    public void Weigh(in Situation situation)
    {
        for (var i = 0; i < situation.Asked.Count; i++)
        {
            var (request, weight) = situation.Asked[i];
            var vehicle = taken[i] = Find(request.Group, Math.Max(0, request.ArrivesAt - situation.ActsAt), i);
            if (vehicle < 0) continue;
            var before = traffic.IsBus[vehicle] ? busWeight : 1;
            traffic.Weights[vehicle] += Math.Max(before, weight) - before;
        }
    }

    /// <summary>Of equals the last: whoever stands in a queue may be at its end.</summary>
    private int Find(int group, double due, int others)
    {
        var (best, nearest) = (-1, double.PositiveInfinity);
        foreach (var lane in model.Lanes)
        {
            if (!Serves(lane, group)) continue;
            for (var v = traffic.Start[lane.Index]; v < traffic.Start[lane.Index + 1]; v++)
            {
                var isBus = traffic.IsBus[v];
                var away = Math.Abs(traffic.Arrivals[v] - due);
                if ((!isBus && away > NearSeconds) || taken.AsSpan(0, others).Contains(v)) continue;
                var isBetter = best < 0 || (isBus == traffic.IsBus[best] ? away <= nearest : isBus);
                if (isBetter) (best, nearest) = (v, away);
            }
        }

        return best;
    }

    private bool Serves(LaneModel lane, int group)
    {
        foreach (var movement in lane.Movements)
            if (model.Movements[movement].Group == group) return true;
        return false;
    }
}
