using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>What drivers ask of one another so that one of them gets onto a lane it needs.</summary>
/// <remarks>SUMO 1.15, MSLCM_LC2013.informLeader, informFollower, slowDownForBlocked and saveBlockerLength; only those on the same edge are asked.</remarks>
internal sealed class LaneMessages(StreetState street)
{
    /// <summary>An overtaker is helped to be so much faster, m/s.</summary>
    public const double OvertakeHelp = 10 / 3.6;

    private const double LeastFallBehind = 7 / 3.6;
    private const double CutInSpeed = 27;
    private const double RampMetres = 200;
    private const double Urgency = 2;
    private const double RightRoom = 20;
    private const double LeftRoom = 40;

    private readonly StreetMap map = street.Map;

    /// <summary>Slows down for one in front on a lane beside who needs this lane.</summary>
    public Wish MakeRoom(int slot, int blocked)
    {
        if (blocked < 0) return Wish.None;
        ref readonly var car = ref street.Cars[slot];
        ref readonly var other = ref street.Cars[blocked];
        ref readonly var kind = ref street.Kinds[car.Kind];
        var gap = other.Back - car.Position - kind.MinGap;
        if (gap <= CarFollowing.Slack || car.Speed >= kind.Deceleration * street.Dt) return Wish.None;
        var follow = CarFollowing.FollowSpeedAfterMove(kind, gap - CarFollowing.Slack, other.Speed, street.Kinds[other.Kind].Deceleration, street.Dt);
        street.Advise(slot, Math.Min(follow, CarFollowing.Fastest(kind, car.Speed)));
        return other.Speed < CarFollowing.Halting ? Wish.BackBlockerStanding : Wish.BackBlocker;
    }

    /// <summary>Asks leader and follower on the lane beside, since it must be reached before this one ends.</summary>
    public void AskForRoom(
        int slot, bool right, Wish blocked, Neighbour ahead, Neighbour behind, double distance, bool toBest, int bestOffset, int firstBlocked)
    {
        ref readonly var car = ref street.Cars[slot];
        ref var changing = ref street.Changings[slot];
        var counter = right ? Wish.Left : Wish.Right;
        changing.LeftSpace = distance - car.Position;
        if (toBest && Math.Abs(bestOffset) > 1) changing.BlockerLength = Math.Max(right ? RightRoom : LeftRoom, changing.BlockerLength);
        KeepRoom(slot, ahead.Slot, counter);
        if (firstBlocked != ahead.Slot) KeepRoom(slot, firstBlocked, counter);
        var lanes = Math.Max(1, Math.Abs(bestOffset));
        var seconds = Math.Max(street.Dt, changing.LeftSpace / Math.Max(changing.LookAheadSpeed, CarFollowing.Tiny) / lanes / Urgency);
        var planned = AskLeader(slot, right, blocked, ahead, seconds);
        if (planned >= 0) AskFollower(slot, right, blocked, behind, seconds, planned);
    }

    private bool IsOnSameEdge(int slot, int other) => map.Lanes[street.Cars[slot].Lane].Edge == map.Lanes[street.Cars[other].Lane].Edge;

    private void Tell(int slot, int other, double speed, Wish state)
    {
        if (!IsOnSameEdge(slot, other)) return;
        street.Advise(other, speed);
        street.Changings[other].State |= state;
    }

    private void KeepRoom(int slot, int blocker, Wish counter)
    {
        if (blocker < 0 || !IsOnSameEdge(slot, blocker) || (street.Changings[blocker].State & counter) == 0) return;
        ref readonly var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        ref var changing = ref street.Changings[slot];
        ref var other = ref street.Changings[blocker];
        var potential = changing.LeftSpace - CarFollowing.BrakeGap(car.Speed, kind.Deceleration, 0, street.Dt);
        var room = street.Kinds[street.Cars[blocker].Kind].Room;
        if (room <= potential) changing.BlockerLength = Math.Max(room, changing.BlockerLength);
        else other.BlockerLength = Math.Max(kind.Room, other.BlockerLength);
    }

    private double Follow(in Kind kind, double speed, double gap, double aheadSpeed, double aheadDeceleration) => Math.Min(
        CarFollowing.FollowSpeedAfterMove(kind, gap, aheadSpeed, aheadDeceleration, street.Dt), CarFollowing.Fastest(kind, speed));

    /// <returns>The speed planned, m/s; −1 when it overtakes the leader.</returns>
    private double AskLeader(int slot, bool right, Wish blocked, Neighbour leader, double seconds)
    {
        ref readonly var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        ref var changing = ref street.Changings[slot];
        var dt = street.Dt;
        var planned = Planned(slot, kind, changing);
        if (!leader.Exists) return planned;
        ref readonly var other = ref street.Cars[leader.Slot];
        ref readonly var otherKind = ref street.Kinds[other.Kind];
        var nextSpeed = other.Speed - dt * Math.Max(1, -other.Acceleration);
        var nextGap = leader.Gap + dt * (nextSpeed - planned);
        var target = Math.Max(CarFollowing.Slowest(kind, car.Speed), Follow(kind, car.Speed, nextGap, nextSpeed, otherKind.Deceleration));
        if ((blocked & Wish.BlockedByLeader) == 0)
        {
            street.Advise(slot, target);
            return Math.Min(target, planned);
        }

        var way = OvertakeWay(kind, otherKind, leader.Gap, planned, other.Speed);
        var faster = planned - other.Speed;
        var time = faster > 0 ? way / faster : seconds + 1;
        var brakes = CarFollowing.BrakeGap(car.Speed, kind.Deceleration, kind.Tau, dt);
        var cannot = faster < 0 || (!right && car.Speed >= 60 / 3.6 && map.Lanes[car.Lane].Speed > 60.1 / 3.6)
            || changing.LeftSpace - changing.BlockerLength - brakes < way || seconds < time;
        if (!cannot)
        {
            Tell(slot, leader.Slot, other.Speed, SideOf(right) | Wish.BlockingLeader);
            return -1;
        }

        Tell(slot, leader.Slot, double.MaxValue, SideOf(right) | Wish.BlockingLeader);
        if (target >= car.Speed)
        {
            street.Advise(slot, target);
            return planned;
        }

        var deceleration = Math.Min(kind.Deceleration, Math.Max(LeastFallBehind, (car.Speed - target) / seconds));
        var next = Math.Min(planned, Math.Max(0, car.Speed - dt * deceleration));
        street.Advise(slot, next);
        return next;
    }

    private double Planned(int slot, in Kind kind, in Changing changing)
    {
        ref readonly var car = ref street.Cars[slot];
        ref readonly var advices = ref street.Advices[slot];
        var planned = Math.Min(car.Speed, CarFollowing.StopSpeed(kind, car.Speed, changing.LeftSpace - changing.BlockerLength, street.Dt));
        for (var i = 0; i < changing.AdviceCount; i++)
        {
            if (advices[i] >= car.Speed - kind.Deceleration * street.Dt) planned = Math.Min(planned, advices[i]);
        }

        return planned;
    }

    private static Wish SideOf(bool right) => right ? Wish.ForRight : Wish.ForLeft;

    /// <summary>Way that one needs more than another to come past it with safe gaps, metres.</summary>
    private double OvertakeWay(in Kind follower, in Kind leader, double gap, double followerSpeed, double leaderSpeed) => Math.Max(
        0, gap + leader.Room + follower.Length + CarFollowing.SecureGap(leader, leaderSpeed, followerSpeed, follower.Deceleration, street.Dt));

    private void AskFollower(int slot, bool right, Wish blocked, Neighbour follower, double seconds, double planned)
    {
        if (!follower.Exists) return;
        ref readonly var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        ref readonly var other = ref street.Cars[follower.Slot];
        ref readonly var otherKind = ref street.Kinds[other.Kind];
        var dt = street.Dt;
        if ((blocked & Wish.BlockedByFollower) == 0)
        {
            if ((blocked & Wish.BlockedByLeader) == 0) return;
            var first = Follow(otherKind, other.Speed, follower.Gap + dt * planned, planned, kind.Deceleration);
            Tell(slot, follower.Slot, Follow(otherKind, other.Speed, follower.Gap + dt * (planned - first), planned, kind.Deceleration), SideOf(right));
            return;
        }

        var message = SideOf(right) | Wish.BlockingFollower;
        if (planned - other.Speed >= OvertakeHelp)
        {
            var needed = CarFollowing.SecureGap(otherKind, other.Speed, planned, kind.Deceleration, dt);
            if ((needed - follower.Gap) / seconds < planned - other.Speed)
            {
                Tell(slot, follower.Slot, planned - OvertakeHelp, message);
                return;
            }
        }

        var slowed = Math.Max(0, other.Speed - otherKind.Deceleration * dt);
        var slowedLater = Math.Max(0, other.Speed - otherKind.Deceleration);
        var opening = planned - slowedLater;
        var gap = follower.Gap + opening;
        var secure = CarFollowing.SecureGap(otherKind, slowedLater, planned, kind.Deceleration, dt);
        if (gap > 0 && gap >= secure)
        {
            var first = Math.Max(slowed, Follow(otherKind, other.Speed, follower.Gap + dt * planned, planned, kind.Deceleration));
            var safe = Math.Max(slowed, Follow(otherKind, other.Speed, follower.Gap + dt * (planned - first), planned, kind.Deceleration));
            Tell(slot, follower.Slot, safe, message);
        }
        else if (opening > 0 && opening * seconds > secure - gap + CarFollowing.Slack)
        {
            Tell(slot, follower.Slot, slowed, message);
        }
        else
        {
            LetOvertake(slot, right, follower, seconds, planned, slowed, message);
        }
    }

    private void LetOvertake(int slot, bool right, Neighbour follower, double seconds, double planned, double slowed, Wish message)
    {
        ref readonly var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        ref readonly var other = ref street.Cars[follower.Slot];
        ref readonly var otherKind = ref street.Kinds[other.Kind];
        var isCongested = other.Speed < 60 / 3.6 || map.Lanes[other.Lane].Speed < 60.1 / 3.6;
        if (right && !isCongested)
        {
            Tell(slot, follower.Slot, Math.Max(slowed, OvertakeHelp), message);
            return;
        }

        var help = Math.Max(other.Speed, car.Speed + OvertakeHelp);
        if (other.Speed > car.Speed && (right || planned > CutInSpeed || map.Lanes[car.Lane].Length > RampMetres))
        {
            help = Math.Max(slowed, car.Speed + OvertakeHelp);
            if ((other.Speed - car.Speed) / otherKind.Deceleration < seconds)
            {
                Tell(slot, follower.Slot, help, message);
                return;
            }
        }

        Tell(slot, follower.Slot, help, message);
        var way = OvertakeWay(otherKind, kind, follower.Gap, help, planned);
        street.Advise(slot, Math.Max(help - way / seconds, car.Speed - street.Dt * kind.Deceleration));
    }
}
