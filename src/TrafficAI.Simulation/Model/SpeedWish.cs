using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Whether a driver wants onto the lane beside because it is faster, or to keep right.</summary>
/// <remarks>Erdmann (2015), SUMO's Lane-Changing Model; as in SUMO 1.15 (MSLCM_LC2013._wantsChange).</remarks>
internal sealed class SpeedWish(StreetState street, LaneChanger changer)
{
    private const double LeastNormalSpeed = 10;
    private const double RightTolerance = 5 / 3.6;
    private const double KeepRightSeconds = 5;
    private const double KeepRightAcceptance = 7;
    private const double LeastSecondsBeside = 20;

    private readonly StreetMap map = street.Map;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wish Ask(ref LaneQuestion question, in Car car, in Kind kind, ref Changing changing)
    {
        if (question.Leader.IsFarther) question.Leader = changer.LookFarther(car.Lane, car, kind);
        if (question.Ahead.IsFarther) question.Ahead = changer.LookFarther(question.Beside, car, kind);
        var most = question.Most;
        var accelerates = (question.Ahead.Exists && street.Cars[question.Ahead.Slot].Acceleration > 0)
            || (question.Leader.Exists && street.Cars[question.Leader.Slot].Acceleration > 0);
        var ample = CarFollowing.AmpleGap(kind, most, kind.FollowHeadway);
        var beside = Foreseen(question.Ahead, question.BesideDistance, most, ample, accelerates, car, kind);
        var own = double.MinNative(question.ThisSafe, Foreseen(question.Leader, question.Distance, most, ample, accelerates, car, kind));
        var gain = beside == own ? 0 : (beside - own) / double.MaxNative(beside, LeastNormalSpeed);
        var wish = question.Right
            ? KeepRight(question, car, kind, ref changing, most, own, beside, gain)
            : OvertakeLeft(question, car, kind, ref changing, own, beside, gain);
        if (wish != Wish.None) return wish;
        var helps = question.Right ? changing.SpeedGain < 0 : changing.SpeedGain > 0;
        return question.ToBest && question.IsOwnBest && gain >= 0 && helps ? question.Side | Wish.Strategic : Wish.None;
    }

    /// <summary>Speed soon on a lane, m/s.</summary>
    /// <param name="distance">That the lane leads on, metres.</param>
    /// <param name="ample">With such a gap nobody need be heeded, metres.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Foreseen(in Neighbour leader, double distance, double most, double ample, bool accelerates, in Car car, in Kind kind)
    {
        var speed = (leader.Exists ? leader.Gap : distance) > ample ? most : SpeedWithin(leader, distance, most, kind);
        return accelerates ? double.MinNative(speed, CarFollowing.Fastest(kind, car.Speed + kind.Acceleration * (1 - street.Dt))) : speed;
    }

    private double SpeedWithin(in Neighbour leader, double distance, double most, in Kind kind)
    {
        if (!leader.Exists) return double.MinNative(most, kind.Following.SpeedWithin(distance));
        ref readonly var other = ref street.Cars[leader.Slot];
        return double.MinNative(most, CarFollowing.FollowSpeedAfterMove(kind, leader.Gap, other.Speed, street.Kinds[other.Kind].Deceleration, street.Dt));
    }

    private Wish KeepRight(in LaneQuestion question, in Car car, in Kind kind, ref Changing changing, double most, double own, double beside, double gain)
    {
        var dt = street.Dt;
        if (own - RightTolerance > beside)
        {
            if (changing.SpeedGain < 0) changing.SpeedGain *= dt == 1 ? 0.5 : Math.Sqrt(0.5);
        }
        else
        {
            if (changing.SpeedGain < 0 || gain > 0) changing.SpeedGain -= dt * gain;
            var acceptance = KeepRightAcceptance * most * double.MaxNative(1, car.Speed) / map.Lanes[car.Lane].Speed;
            var seconds = FreeSecondsOnTheRight(question, kind, ref changing, most, acceptance);
            changing.KeepRight -= dt * kind.ThresholdRight * (seconds / acceptance) / KeepRightSeconds;
            if (changing.KeepRight * kind.KeepRight < -kind.ThresholdRight) return Wish.Right | Wish.KeepRight;
        }

        var isWorth = changing.SpeedGain < -kind.ThresholdRight && question.BesideDistance / double.MaxNative(0.1, car.Speed) > LeastSecondsBeside;
        return isWorth ? Wish.Right | Wish.SpeedGain : Wish.None;
    }

    private double FreeSecondsOnTheRight(in LaneQuestion question, in Kind kind, ref Changing changing, double most, double acceptance)
    {
        var dt = street.Dt;
        var gap = double.MaxNative(0, question.BesideDistance - CarFollowing.BrakeGap(most, kind.Deceleration, kind.Tau, dt));
        var seconds = double.MinNative(acceptance, gap / most);
        ref readonly var ahead = ref question.Ahead.Exists ? ref street.Cars[question.Ahead.Slot] : ref Unsafe.NullRef<Car>();
        if (question.Ahead.Exists && ahead.Speed < most)
        {
            var secure = CarFollowing.SecureGap(kind, most, ahead.Speed, street.Kinds[ahead.Kind].Deceleration, dt);
            gap = double.MaxNative(0, double.MinNative(gap, question.Ahead.Gap - secure));
            seconds = double.MinNative(seconds, gap / (most - ahead.Speed));
        }

        if (!question.AvoidsRightOvertaking || !question.Leader.Exists) return seconds;
        ref readonly var leader = ref street.Cars[question.Leader.Slot];
        var leaderMost = street.MaxSpeed(leader, street.Kinds[leader.Kind], leader.Lane);
        if (leaderMost >= most) return seconds;
        changing.SpeedGain += dt * (most - leaderMost) / double.MaxNative(most, LeastNormalSpeed);
        return double.MinNative(seconds, double.MinNative(gap, question.Leader.Gap) / (most - leader.Speed));
    }

    private Wish OvertakeLeft(in LaneQuestion question, in Car car, in Kind kind, ref Changing changing, double own, double beside, double gain)
    {
        var dt = street.Dt;
        if (own > beside)
        {
            if (changing.SpeedGain > 0) changing.SpeedGain *= dt == 1 ? 0.5 : Math.Sqrt(0.5);
        }
        else if (own == beside)
        {
            if (changing.SpeedGain > 0) changing.SpeedGain *= dt == 1 ? 0.8 : Math.Sqrt(0.8);
        }
        else
        {
            changing.SpeedGain += dt * gain;
        }

        var isWorth = changing.SpeedGain > kind.ThresholdLeft && (gain > CarFollowing.Tiny || question.OvertakesLeft)
            && question.BesideDistance / double.MaxNative(0.1, car.Speed) > LeastSecondsBeside;
        return isWorth ? Wish.Left | Wish.SpeedGain : Wish.None;
    }
}
