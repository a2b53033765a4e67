using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Whether there is a safe gap for a vehicle where it wants to enter the street.</summary>
/// <remarks>SUMO 1.15, MSLane.isInsertionSuccess.</remarks>
internal sealed class EntryGaps(StreetState street)
{
    private const double UpstreamMetres = 100;

    private readonly StreetMap map = street.Map;

    /// <returns>A safe speed, m/s; −1 where there is no room.</returns>
    public double SafeSpeed(in Car car, in Kind kind, double speed) => Math.Min(SafeBehindLeader(car, kind, speed), SafeAhead(car, kind, speed));

    private double SafeBehindLeader(in Car car, in Kind kind, double speed)
    {
        var (leader, back) = (-1, 0.0);
        foreach (var slot in street.On(car.Lane))
        {
            if (street.Cars[slot].Position < car.Position) break;
            (leader, back) = (slot, street.Cars[slot].Back);
        }

        if (leader < 0 && street.Lapping[car.Lane] is >= 0 and var lapping) (leader, back) = (lapping, street.BackOn(street.Cars[lapping], car.Lane));
        return leader < 0 ? speed : Behind(kind, leader, back - car.Position - kind.MinGap);
    }

    private double Behind(in Kind kind, int leader, double gap)
    {
        ref readonly var other = ref street.Cars[leader];
        return gap < 0 ? -1 : CarFollowing.FollowSpeedAfterMove(kind, gap, other.Speed, street.Kinds[other.Kind].Deceleration, street.Dt);
    }

    /// <summary>The speed that what lies beyond the lane allows: a link that is closed, a slower lane, somebody on it.</summary>
    private double SafeAhead(in Car car, in Kind kind, double speed)
    {
        var dt = street.Dt;
        var (safe, lane, place, link) = (speed, car.Lane, car.Prospects, car.Link);
        var seen = map.Lanes[lane].Length - car.Position;
        while (seen < CarFollowing.BrakeGap(safe, kind.Deceleration, kind.Tau, dt) + kind.MinGap && safe > 0)
        {
            if (!map.Lanes[lane].IsInside && street.Routes.IsLast(place)) return safe;
            if (link < 0 || !street.HasPriority(link)) return Math.Min(safe, CarFollowing.StopSpeed(kind, safe, seen, dt));
            ref readonly var facts = ref map.Links[link];
            lane = facts.Next;
            if (!facts.HasVia) place = street.Routes.Next(place);
            link = street.LinkAt(lane, place);
            var last = street.On(lane) is [.., var rearmost] ? rearmost : street.Lapping[lane];
            if (last >= 0) safe = Math.Min(safe, Behind(kind, last, street.BackOn(street.Cars[last], lane) + seen - kind.MinGap));
            safe = Math.Min(safe, CarFollowing.FreeSpeed(kind.Deceleration, seen, street.MaxSpeed(car, kind, lane), dt));
            seen += map.Lanes[lane].Length;
        }

        return safe;
    }

    /// <summary>Whoever comes from behind can brake.</summary>
    public bool IsSafeForFollower(in Car car, in Kind kind)
    {
        foreach (var slot in street.On(car.Lane))
        {
            ref readonly var other = ref street.Cars[slot];
            if (other.Position >= car.Position) continue;
            return IsSafeFor(other, car.Back - other.Position, car, kind);
        }

        return IsSafeUpstream(car.Lane, car.Back, car, kind);
    }

    private bool IsSafeFor(in Car other, double gap, in Car car, in Kind kind)
    {
        ref readonly var otherKind = ref street.Kinds[other.Kind];
        return gap - otherKind.MinGap >= CarFollowing.SecureGap(otherKind, other.Speed, car.Speed, kind.Deceleration, street.Dt);
    }

    private bool IsSafeUpstream(int lane, double back, in Car car, in Kind kind)
    {
        if (back > UpstreamMetres) return true;
        foreach (ref readonly var way in map.InflowsOf(lane))
        {
            var farther = back + way.FromMetres;
            var isSafe = street.On(way.From) is [var first, ..]
                ? IsSafeFor(street.Cars[first], farther - street.Cars[first].Position, car, kind)
                : IsSafeUpstream(way.From, farther, car, kind);
            if (!isSafe) return false;
        }

        return true;
    }
}
