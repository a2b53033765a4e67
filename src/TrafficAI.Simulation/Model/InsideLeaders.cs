using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;
using TrafficAI.Simulation.Walking;

namespace TrafficAI.Simulation.Model;

/// <summary>Follows, or lets pass, those who are inside a junction on lanes that meet the vehicle's own.</summary>
/// <remarks>SUMO 1.15, MSLink.getLeaderInfo, MSVehicle.checkLinkLeader and adaptToJunctionLeader.</remarks>
internal sealed class InsideLeaders(StreetState street)
{
    private const double Stubborn = 5;
    private readonly StreetMap map = street.Map;
    private readonly Precedence precedence = new(street);

    /// <param name="lane">The lane inside at whose end the link is.</param>
    /// <param name="seen">To the end of that lane, metres.</param>
    /// <param name="last">The plan for the link before; a null reference where there is none.</param>
    /// <param name="most">It arrives at the link no faster, m/s.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Follow(int slot, int link, int lane, double seen, ref Item last, ref double speed, ref double most, ref double wait, ref bool request)
    {
        ref readonly var facts = ref map.Links[link];
        if (street.Walkers.Count > 0) MeetAll(slot, link, facts, lane, seen, ref last, ref speed, ref most, ref request);
        else if (street.Present.AsSpan(facts.FirstMeetingLane, facts.MeetingLaneRange).ContainsAnyExcept((byte)0))
            MeetVehicles(slot, link, facts, lane, seen, ref last, ref speed, ref most, ref request);
        wait = double.MinNative(wait, speed);
    }

    private void MeetVehicles(
        int slot, int link, in LinkFacts facts, int lane, double seen, ref Item last, ref double speed, ref double most, ref bool request)
    {
        var (lanes, present) = (facts.MeetingLanes, street.Present);
        for (var at = 0; at < lanes.Length; at++)
            if (present[lanes[at]] != 0) MeetLane(slot, link, lane, facts.Meetings[at], seen, ref last, ref speed, ref most, ref request);
    }

    /// <summary>Vehicles and people on foot.</summary>
    private void MeetAll(
        int slot, int link, in LinkFacts facts, int lane, double seen, ref Item last, ref double speed, ref double most, ref bool request)
    {
        foreach (ref readonly var meeting in facts.Meetings.AsSpan())
        {
            if (street.Present[meeting.Lane] == 0 && !street.Walkers.AreOn(meeting.Lane)) continue;
            if (meeting.IsCrossing) MeetWalkers(slot, meeting, seen, ref last, ref speed, ref most);
            else MeetLane(slot, link, lane, meeting, seen, ref last, ref speed, ref most, ref request);
        }
    }

    private void MeetLane(int slot, int link, int lane, in Meeting meeting, double seen, ref Item last, ref double speed, ref double most, ref bool request)
    {
        var lapping = street.Lapping[meeting.Lane];
        var cars = street.On(meeting.Lane);
        for (var i = lapping >= 0 ? -1 : 0; i < cars.Length; i++)
        {
            var other = i < 0 ? lapping : cars[i];
            if (other != slot) Meet(slot, other, link, lane, meeting, seen, ref last, ref speed, ref most, ref request);
        }
    }

    private void Meet(
        int slot, int leader, int link, int lane, in Meeting meeting, double seen, ref Item last, ref double speed, ref double most, ref bool request)
    {
        ref readonly var ego = ref street.Cars[slot];
        ref readonly var other = ref street.Cars[leader];
        if (!FindGap(ego, other, meeting, seen, out var gap, out var crossing, out var inTheWay)) return;
        if (!inTheWay && !precedence.IsFirst(other, ego, link, meeting, gap)) return;
        Adapt(ego, other, lane, seen, gap, crossing, ref last, ref speed, ref most);
        var hasLast = !Unsafe.IsNullRef(ref last);
        if (hasLast) speed = Math.Max(speed, last.Wait);
        if (speed >= CarFollowing.Halting) return;
        var before = map.Lanes[other.Lane].IsInside ? map.Before(other.Lane) : StreetMap.None;
        var ownBefore = map.Lanes[ego.Lane].IsInside ? map.Before(ego.Lane) : StreetMap.None;
        var isNear = before >= 0 && (before == ownBefore || before == ego.Lane);
        if (!isNear && !other.IsStopped && other.Waiting * street.Dt <= Stubborn) return;
        request = false;
        if (hasLast && before >= 0 && before == ego.Lane) last.Request = false;
    }

    /// <summary>The gap along both ways laid over one another at the meeting.</summary>
    /// <returns>Whether the other matters.</returns>
    private bool FindGap(in Car ego, in Car other, in Meeting meeting, double seen, out double gap, out double crossing, out bool inTheWay)
    {
        var shares = meeting.SameTarget || meeting.SameSource;
        var (size, foeSize) = shares ? (0, 0) : (meeting.Size, meeting.FoeSize);
        crossing = seen - meeting.Behind;
        (gap, inTheWay) = (0, false);
        if (crossing + size < 0 && !meeting.SameTarget) return false;
        var foeLength = map.Lanes[meeting.Lane].Length;
        var back = street.BackOn(other, meeting.Lane);
        var backDistance = foeLength - meeting.FoeBehind - back;
        var isPast = backDistance + foeSize < 0;
        var hasEntered = backDistance < other.Length;
        inTheWay = ((!isPast && crossing > 0) || (meeting.SameTarget && crossing > backDistance - other.Length)) && hasEntered && !meeting.FoeBeforePlace;
        var isFront = other.Lane == meeting.Lane;
        if (!inTheWay && MayBeIgnored(ego, other, meeting, crossing, back, isFront)) return false;
        if (meeting.FoeMayWait && !meeting.SameSource)
        {
            gap = double.NegativeInfinity;
        }
        else
        {
            if (isPast && !meeting.SameTarget) return false;
            if (meeting.SameTarget && backDistance < 0) backDistance += Math.Max(0, meeting.FoeBehind - meeting.Behind);
            gap = crossing - street.Kinds[ego.Kind].MinGap - backDistance - foeSize;
        }

        var stopsAtOnce = isFront ? meeting.FoeMayWait || shares : shares;
        if (stopsAtOnce) crossing = -1;
        return true;
    }

    private bool MayBeIgnored(in Car ego, in Car other, in Meeting meeting, double crossing, double back, bool isFront)
    {
        if (meeting.FoeMayWait && street.IsGreen(meeting.Entry) && street.IsGreen(meeting.FoeEntry)
            && map.Links[meeting.Entry].From != map.Links[meeting.FoeEntry].From)
        {
            return true;
        }

        if (crossing < -CarFollowing.Slack) return true;
        if (meeting.SameSource && map.Lanes[ego.Lane].IsInside && back + other.Length < ego.Position - ego.Length) return true;
        var cannotIgnore = meeting.FoeMayWait || meeting.SameTarget || meeting.SameSource;
        return (!cannotIgnore || other.IsStopped || meeting.SameTarget) && !other.WillPass && isFront;
    }

    private void Adapt(in Car ego, in Car other, int lane, double seen, double gap, double crossing, ref Item last, ref double speed, ref double most)
    {
        ref readonly var kind = ref street.Kinds[ego.Kind];
        var dt = street.Dt;
        var safe = gap >= 0
            ? CarFollowing.FollowSpeed(kind, ego.Speed, gap, other.Speed, street.Kinds[other.Kind].ApparentDeceleration, dt)
            : CarFollowing.StopSpeed(kind, ego.Speed, seen - map.Lanes[lane].Length - CarFollowing.Slack, dt);
        if (crossing >= 0)
        {
            var stop = CarFollowing.StopSpeed(kind, ego.Speed, crossing - kind.MinGap, dt);
            if (double.IsNegativeInfinity(gap))
            {
                safe = Math.Max(safe, stop);
            }
            else
            {
                var past = (crossing - gap) / Math.Max(other.Speed, CarFollowing.Halting);
                var final = Math.Max(ego.Speed, 2 * (crossing - kind.MinGap) / past - ego.Speed);
                safe = Math.Max(safe, Math.Min(ego.Speed + dt * (final - ego.Speed) / past, stop));
            }
        }

        Limit(safe, ref last, ref speed, ref most);
    }

    private void MeetWalkers(int slot, in Meeting meeting, double seen, ref Item last, ref double speed, ref double most)
    {
        ref readonly var ego = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[ego.Kind];
        var distance = seen - meeting.Behind - Walkers.SafetyGap;
        if (distance < -Walkers.SafetyGap || !street.Walkers.Block(meeting, kind.CrossingGap)) return;
        Limit(CarFollowing.StopSpeed(kind, ego.Speed, distance - kind.MinGap, street.Dt), ref last, ref speed, ref most);
    }

    private static void Limit(double safe, ref Item last, ref double speed, ref double most)
    {
        if (!Unsafe.IsNullRef(ref last)) last.LimitLeaving(safe);
        speed = Math.Min(speed, safe);
        most = Math.Min(most, safe);
    }
}
