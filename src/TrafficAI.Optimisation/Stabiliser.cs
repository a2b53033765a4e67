using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Sees that no lane waits for ever: a lane whose queue has outgrown its red is called, and called lanes are served in the
/// order of their calls, each until its queue has gone or it has had its share of green.</summary>
/// <remarks>The stabilising rule of Lämmer and Helbing (2008), Self-control of traffic lights, J. Stat. Mech. P04019: a lane with n vehicles
/// after a red of z seconds (the passage to it included) is called when n ≥ q T (Tmax − z) / (Tmax − T), q being its mean flow. The
/// rule of priorities alone can starve a lane, since the rate at which a queue leaves does not grow with its waiting.</remarks>
public sealed class Stabiliser
{
    /// <summary>T: the interval at which a lane should be served.</summary>
    private const double UsualSeconds = 90;

    /// <summary>Tmax: the longest interval; a lane with anybody on it is called at the latest then.</summary>
    private const double LongestSeconds = 150;

    /// <summary>A queue of fewer vehicles is in no hurry, however small the flow: at least so many count as the usual queue.</summary>
    private const double FewVehicles = 6;

    /// <summary>The mean flow is taken over about so long.</summary>
    private const double MemorySeconds = 300;

    /// <summary>Prior of the mean flow, in vehicles per second.</summary>
    private const double PriorFlow = 0.05;

    private readonly IntersectionModel model;
    private readonly double[] flow;
    private readonly int[] red;
    private readonly long[] calledAt;
    private readonly int[] granted;

    public Stabiliser(IntersectionModel model)
    {
        this.model = model;
        flow = new double[model.Lanes.Length];
        red = new int[model.Lanes.Length];
        calledAt = new long[model.Lanes.Length];
        granted = new int[model.Lanes.Length];
        Array.Fill(flow, PriorFlow);
        Array.Fill(calledAt, long.MaxValue);
    }

    /// <summary>Takes in one second.</summary>
    public void Observe(in Situation situation)
    {
        foreach (var lane in model.Lanes)
        {
            var traffic = situation.Picture.Lanes[lane.Index];
            flow[lane.Index] += ((traffic.SinceDischargeSeconds == 0 ? 1 : 0) - flow[lane.Index]) / MemorySeconds;
            if (Lights.GreenSeconds(model, lane, situation.Signals) > 0) Serve(lane.Index, traffic);
            else Wait(lane.Index, traffic, situation);
        }
    }

    /// <summary>The lane that was called first and still waits for its service; −1 when none does. Of equals the lowest. One whose queue is to wait outside is passed over.</summary>
    public int First(in Situation situation)
    {
        var first = -1;
        for (var l = 0; l < calledAt.Length; l++)
        {
            if (calledAt[l] != long.MaxValue && !situation.Holds(l) && (first < 0 || calledAt[l] < calledAt[first])) first = l;
        }

        return first;
    }

    private void Serve(int lane, LaneTraffic traffic)
    {
        red[lane] = 0;
        granted[lane]++;
        var share = Math.Max(1, flow[lane] * LongestSeconds) * DischargeRates.HeadwaySeconds + DischargeRates.StartUpSeconds;
        if (traffic.Queue < 1 || granted[lane] >= share) calledAt[lane] = long.MaxValue;
    }

    private void Wait(int lane, LaneTraffic traffic, in Situation situation)
    {
        if (traffic.Queue >= 1) red[lane]++;
        granted[lane] = 0;
        if (calledAt[lane] != long.MaxValue || traffic.Vehicles.IsEmpty) return;
        var interval = red[lane] + Passage(lane, situation.Signals.Target);
        var critical = Math.Max(FewVehicles, flow[lane] * UsualSeconds) * (LongestSeconds - interval) / (LongestSeconds - UsualSeconds);
        if (traffic.Vehicles.Length >= critical) calledAt[lane] = situation.ActsAt;
    }

    /// <summary>The shortest passage to a phase that serves the lane.</summary>
    private int Passage(int lane, PhaseId from)
    {
        var shortest = int.MaxValue;
        foreach (var phase in model.Signals.Phases)
        {
            if (model.Serves(phase.Id, lane)) shortest = Math.Min(shortest, model.Signals.PassageSeconds(from, phase.Id));
        }

        return shortest == int.MaxValue ? 0 : shortest;
    }
}
