using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>Finds the phase that serves one lane best.</summary>
internal sealed class LanePhase(IntersectionModel model)
{
    /// <summary>The phase that lets most of the lane's traffic go, by the learned turns, with nobody to yield to; of equal ones the running
    /// one, then the one of the shortest passage, then the lowest.</summary>
    /// <param name="excluded">Bit k is set for a movement of the lane that does not count.</param>
    /// <param name="running">The phase that runs, or that the running passage leads to.</param>
    /// <returns>Null where no phase serves it.</returns>
    public PhaseId? Best(int lane, uint excluded, TrafficPicture picture, PhaseId running)
    {
        var best = running;
        var most = Worth(running, lane, excluded, picture);
        foreach (var phase in model.Signals.Phases)
        {
            var worth = Worth(phase.Id, lane, excluded, picture);
            if (worth < most || (worth == most && model.Signals.PassageSeconds(running, phase.Id) >= model.Signals.PassageSeconds(running, best))) continue;
            best = phase.Id;
            most = worth;
        }

        return most > 0 ? best : null;
    }

    private double Worth(PhaseId phase, int lane, uint excluded, TrafficPicture picture)
    {
        var worth = 0.0;
        var movements = model.Lanes[lane].Movements;
        for (var k = 0; k < movements.Length; k++)
        {
            if ((excluded >> k & 1) != 0 || model.RightOf(phase, movements[k]) == Right.None) continue;
            worth += picture.TurnShares[movements[k]] * (model.IsUnopposed(phase, movements[k]) ? 1 : DischargeRates.YieldingFactor);
        }

        return worth;
    }
}
