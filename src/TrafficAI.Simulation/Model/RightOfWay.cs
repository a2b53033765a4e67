using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Whether a link is open to a vehicle: nobody whom it must let go first would be hindered.</summary>
/// <remarks>SUMO 1.15, MSLink.opened and blockedByFoe.</remarks>
internal static class RightOfWay
{
    /// <summary>Who can stop is expected that much later.</summary>
    private const double StopSeconds = 30;

    /// <summary>When a vehicle would pass a link. Times are seconds from the begin of the step, speeds m/s.</summary>
    public readonly record struct Passage(
        int Vehicle, double Arrival, double ArrivalSpeed, double LeaveSpeed, double Length, double Impatience, double Deceleration, int Waiting, double TimeGap)
    {
        public double Leave(double linkLength) => Arrival + (linkLength + Length) / Math.Max(0.5 * (ArrivalSpeed + LeaveSpeed), CarFollowing.Tiny);
    }

    public static bool IsOpen(StreetState street, int link, in Passage ego, bool ignoresRed)
    {
        if (street.IsRed(link) && !ignoresRed) return false;
        if (street.MayWaitInside(link)) return true;
        ref readonly var facts = ref street.Map.Links[link];
        var state = street.LinkState[link];
        if (state != 'Z' && (street.HasPriority(link) || EnteredAt(street, facts, 'G'))) return true;
        if (state is 's' or 'w' && ego.Waiting == 0) return false;
        return !HasHinderedFoe(street, facts, ego, state);
    }

    public static bool HasHinderedFoe(StreetState street, in LinkFacts facts, in Passage ego, char state)
    {
        if (facts.Foes.Length == 0) return false;
        var leave = ego.Leave(facts.Length);
        var enteredAtRed = EnteredAt(street, facts, 'r');
        var age = street.ApproachAge;
        foreach (var foe in facts.Foes)
        {
            var first = street.Approaches.FirstOf(foe);
            if (first < 0) continue;
            var sameTarget = street.Map.Links[foe].To == facts.To;
            for (var i = first; i >= 0; i = street.Approaches[i].Next)
            {
                ref readonly var approach = ref street.Approaches[i];
                if (enteredAtRed && approach.Speed <= CarFollowing.Halting) continue;
                if (approach.Vehicle != ego.Vehicle && IsHindered(new Foe(street, approach), street.Dt, age, ego, leave, sameTarget, state)) return true;
            }
        }

        return false;
    }

    private static bool EnteredAt(StreetState street, in LinkFacts link, char state) =>
        link is { AfterPlace: >= 0, CrossesWalkers: false } && street.LinkState[link.AfterPlace] == state;

    private static bool IsHindered(in Foe foe, double dt, double age, in Passage ego, double leave, bool sameTarget, char state)
    {
        if (state == 'w' && (ego.Waiting > foe.Waiting || (ego.Waiting == foe.Waiting && ego.Arrival < foe.Arrival - age))) return false;
        var (foeArrival, foeSpeed) = ego.Impatience > 0 && ego.Arrival < foe.Arrival - age
            ? Expected(foe, foe.Arrival - age, ego.Arrival, ego.Impatience, dt)
            : (foe.Arrival - age, foe.ArrivalSpeedBraking);
        var foeLeave = foe.Leave - age;
        var lookAhead = state == 'Z' ? 4 : ego.TimeGap;
        if (foeLeave < ego.Arrival)
            return sameTarget && (ego.Arrival - foeLeave < lookAhead || IsUnsafe(foe.LeaveSpeed, ego.ArrivalSpeed, foe.Deceleration, ego.Deceleration));
        return foeArrival <= leave + lookAhead
            || (sameTarget && IsUnsafe(ego.LeaveSpeed, foeSpeed, ego.Deceleration, foe.Deceleration));
    }

    /// <summary>When an impatient driver expects a foe that arrives later, and how fast: the more impatient, the harder the foe is expected to brake from
    /// the moment at which one arrives oneself.</summary>
    /// <remarks>SUMO 1.15, MSLink.computeFoeArrivalTimeBraking.</remarks>
    private static (double Arrival, double Speed) Expected(in Foe foe, double foeArrival, double arrival, double impatience, double dt)
    {
        if (Math.Floor(arrival / dt) == Math.Floor(foeArrival / dt)) return (foeArrival, foe.ArrivalSpeedBraking);
        var deceleration = foe.Deceleration * impatience;
        var speed = foe.Distance / (foeArrival + dt);
        if (0.5 * speed * speed / deceleration <= foe.Distance - speed * arrival) return (foeArrival + impatience * StopSeconds, 0);
        var braking = foeArrival - arrival;
        var lost = braking * deceleration;
        var late = (speed - lost - Math.Sqrt((speed - lost) * (speed - lost) - lost * lost)) / deceleration;
        return (foeArrival + impatience * late, speed - (braking + late) * deceleration);
    }

    /// <summary>The one behind could not brake as the one in front does.</summary>
    private static bool IsUnsafe(double aheadSpeed, double behindSpeed, double aheadDeceleration, double behindDeceleration) =>
        aheadSpeed * aheadSpeed / aheadDeceleration <= behindSpeed * behindSpeed / behindDeceleration;
}
