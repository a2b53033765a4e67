using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Infers from the lights where the head of a lane does not want to go.</summary>
public static class HeadTurns
{
    /// <summary>A head that could go has gone after so much green.</summary>
    private const int GreenSeconds = 3;

    /// <summary>The turns that a head cannot want that stands at its line, with nobody before it inside the junction: those with protected green and
    /// a free exit.</summary>
    /// <param name="excluded">Those known before, as <see cref="ApproachingVehicle.Excluded"/>.</param>
    /// <param name="exitBlocked">Per exit lane: nothing more fits in.</param>
    /// <returns>All of them; 0 if none would be left, since then something else holds it.</returns>
    public static uint Exclude(IntersectionModel model, LaneModel lane, uint excluded, SignalState signals, ImmutableArray<bool> exitBlocked)
    {
        if (lane.Movements.Length < 2 || signals.Next is not null) return excluded;
        for (var k = 0; k < lane.Movements.Length; k++)
        {
            var movement = model.Movements[lane.Movements[k]];
            if (model.RightOf(signals.Phase, movement.Index) != Right.Protected || exitBlocked[movement.Exit]) continue;
            if (Lights.GreenSeconds(movement, signals) > GreenSeconds) excluded |= 1u << k;
        }

        return excluded == (1u << lane.Movements.Length) - 1 ? 0 : excluded;
    }
}
