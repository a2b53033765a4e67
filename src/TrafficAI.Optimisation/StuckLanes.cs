using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Notices lanes that do not move in spite of green, so that no green is held for them; nor is one for those that are to wait outside.</summary>
/// <remarks>A head that stands at the line through 10 s of green without change blocks its lane for 10 s, under every phase that
/// gives the lane no stronger right than it has had.</remarks>
public sealed class StuckLanes
{
    private const double HeadMetres = 8;
    private const int StuckAfterSeconds = 10;
    private const int BlockedSeconds = 10;
    private readonly IntersectionModel model;
    private readonly uint[] heads;
    private readonly long[] stoodSince;
    private readonly long[] blockedUntil;
    private readonly PhaseId[] under;
    private readonly bool[] result;

    public StuckLanes(IntersectionModel model)
    {
        this.model = model;
        heads = new uint[model.Lanes.Length];
        stoodSince = new long[model.Lanes.Length];
        blockedUntil = new long[model.Lanes.Length];
        under = new PhaseId[model.Lanes.Length];
        result = new bool[model.Lanes.Length];
        Array.Fill(stoodSince, long.MaxValue);
        Array.Fill(blockedUntil, long.MinValue);
    }

    public void Observe(in Situation situation)
    {
        foreach (var lane in model.Lanes) Observe(lane, situation.Picture.Lanes[lane.Index], situation);
    }

    /// <summary>Per lane: it is believed not to move under a phase, or not to be let in. Valid until the next call.</summary>
    public ReadOnlySpan<bool> BlockedUnder(PhaseId phase, in Situation situation)
    {
        foreach (var lane in model.Lanes)
            result[lane.Index] = situation.Holds(lane.Index) || (situation.Signals.Second < blockedUntil[lane.Index] && !GivesMore(lane, phase, under[lane.Index]));
        return result;
    }

    private void Observe(LaneModel lane, LaneTraffic traffic, in Situation situation)
    {
        var l = lane.Index;
        var signals = situation.Signals;
        var second = signals.Second;
        var stands = signals.Next is null && !traffic.Vehicles.IsEmpty && traffic.Vehicles[0] is { Standing: true, DistanceMetres: < HeadMetres }
            && Serves(lane, signals.Phase) && Lights.GreenSeconds(model, lane, signals) > 0;
        if (traffic.SinceDischargeSeconds == 0) blockedUntil[l] = long.MinValue;
        if (!stands || traffic.SinceDischargeSeconds == 0 || traffic.Vehicles[0].Key != heads[l] || stoodSince[l] == long.MaxValue)
        {
            stoodSince[l] = stands ? second : long.MaxValue;
            heads[l] = stands ? traffic.Vehicles[0].Key : 0;
        }

        if (stoodSince[l] == long.MaxValue || second - stoodSince[l] < StuckAfterSeconds) return;
        blockedUntil[l] = second + BlockedSeconds;
        under[l] = signals.Phase;
    }

    private bool Serves(LaneModel lane, PhaseId phase)
    {
        foreach (var m in lane.Movements)
        {
            if (model.RightOf(phase, m) != Right.None) return true;
        }

        return false;
    }

    private bool GivesMore(LaneModel lane, PhaseId phase, PhaseId than)
    {
        foreach (var m in lane.Movements)
        {
            if (model.RightOf(phase, m) > model.RightOf(than, m)) return true;
        }

        return false;
    }
}
