using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;
using TrafficAI.Simulation.Routes;

namespace TrafficAI.Simulation.Model;

/// <summary>Whether a driver wants onto the lane beside: to follow the route, to be faster, or to keep right.</summary>
/// <remarks>Erdmann (2015), SUMO's Lane-Changing Model; as in SUMO 1.15 (MSLCM_LC2013._wantsChange).</remarks>
internal sealed class LaneWish(StreetState street, LaneChanger changer)
{
    private const double LookForwardSeconds = 10;
    private const double SpeedMemory = 0.9;
    private const double TurnLaneMetres = 200;
    private const double StoppedMetres = 100;
    private const double LeastNormalSpeed = 10;
    private const double MotorwaySpeed = 80 / 3.6;
    public const double CongestedSpeed = 60 / 3.6;

    private readonly StreetMap map = street.Map;
    private readonly double memory = 1 - (1 - SpeedMemory) * street.Dt;
    private readonly LaneMessages messages = new(street);
    private readonly SpeedWish faster = new(street, changer);

    /// <returns>What it wants; where it wants onto that lane, also whether it is blocked.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wish Ask(ref LaneQuestion question, ref Car car, in Kind kind, ref Changing changing, int lastBlocked, int firstBlocked)
    {
        Compare(ref question, car);
        var state = changing.State & Wish.Kept;
        if (lastBlocked >= 0) state |= messages.MakeRoom(question.Slot, lastBlocked);
        if (firstBlocked >= 0 && lastBlocked != firstBlocked) state |= messages.MakeRoom(question.Slot, firstBlocked);
        RememberSpeed(ref changing, car.Speed);
        question.LookAhead = LookAhead(question, car, kind, changing);
        question.ThisSafe = question.Most = street.MaxSpeed(car, kind, car.Lane);
        state |= FollowRoute(ref question, car, kind, ref changing);
        if ((state & question.Counter) != 0) state &= ~(question.Counter | Wish.Urgent);
        if ((state & Wish.Stay) != 0) return state;
        if ((state & Wish.Urgent) == 0)
        {
            if (question.Right && question.BestOffset == 0 && map.Lanes[car.Lane].Speed > MotorwaySpeed && changing.LookAheadSpeed > CarFollowing.Halting)
                return state | Wish.Stay | Wish.Strategic;
            state |= faster.Ask(ref question, car, kind, ref changing);
        }

        return (state & question.Side) == 0 ? state : state | AskForRoom(question, car, kind, (state & Wish.Urgent) != 0, firstBlocked);
    }

    /// <returns>Whether it is blocked.</returns>
    private Wish AskForRoom(in LaneQuestion question, in Car car, in Kind kind, bool isUrgent, int firstBlocked)
    {
        var ahead = question.Ahead.IsFarther ? changer.LookFarther(question.Beside, car, kind) : question.Ahead;
        var (behind, blocked) = changer.FindRoom(question.Slot, question.Direction, ahead, question.Beside, question.At + question.Direction);
        if (isUrgent)
            messages.AskForRoom(question.Slot, question.Right, blocked, ahead, behind, question.Distance, question.ToBest, question.BestOffset, firstBlocked);
        return blocked;
    }

    /// <summary>Somebody is right beside, and the route does not ask for that lane: then there is nothing to wish.</summary>
    public bool MayIgnore(int direction, int at, Neighbour leader, in Car car, ref Changing changing)
    {
        var offset = ProspectOf(car, at).Offset;
        if (offset * direction > 0 || car.HasStops || car.Speed >= CongestedSpeed || IsStopped(leader)) return false;
        RememberSpeed(ref changing, car.Speed);
        if (changing.SpeedGain * direction > 0) changing.SpeedGain *= 0.5;
        return true;
    }

    /// <summary>Its route keeps it from the lane beside whoever is there, and nothing else is to be thought of.</summary>
    /// <param name="remembered">Its decaying maximum of the speed, m/s; another after a true answer.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Stays(int direction, in Car car, in Kind kind, in Changing changing, ref double remembered)
    {
        var beside = direction < 0 ? changing.RightLength : changing.LeftLength;
        if (beside == Changing.NotWorse || car.Speed >= CongestedSpeed || (changing.State & Wish.Kept) != 0) return false;
        if (street.HaveStops || changing.SpeedGain * direction > 0) return false;
        var next = Remembered(remembered, car.Speed);
        var needed = LookAhead(direction < 0, kind, next) * (Math.Abs(changing.BestOffset) + 2);
        if (double.MaxNative(0, beside - car.Position) >= needed) return false;
        remembered = next;
        return true;
    }

    private void RememberSpeed(ref Changing changing, double speed) => changing.LookAheadSpeed = Remembered(changing.LookAheadSpeed, speed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Remembered(double remembered, double speed) =>
        speed > remembered ? speed : double.MaxNative(0, memory * remembered + (1 - memory) * speed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly Prospect ProspectOf(in Car car, int at) => ref street.Routes.At(car.Prospects, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Compare(ref LaneQuestion question, in Car car)
    {
        ref readonly var own = ref ProspectOf(car, question.At);
        ref readonly var beside = ref ProspectOf(car, question.At + question.Direction);
        question.Distance = own.Length;
        question.BesideDistance = beside.Length;
        question.BestOffset = own.Offset;
        if (own.Offset == 0 && beside.Offset == 0) question.BestOffset = question.Direction;
        question.IsOwnBest = question.BestOffset == own.Offset;
        question.ToBest = question.Right ? question.BestOffset < 0 : question.BestOffset > 0;
        if (car.HasStops) ReachStop(ref question, car);
    }

    /// <summary>A lane reaches as far as the stop on it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReachStop(ref LaneQuestion question, in Car car)
    {
        if (!double.IsFinite(car.StopDistance) || !IsStopOnThisEdge(car)) return;
        var stop = street.Stops[car.Vehicle][car.StopsDone].EndMetres;
        question.Distance = double.MaxNative(question.Distance, stop);
        question.BesideDistance = double.MaxNative(question.BesideDistance, stop);
    }

    private bool IsStopOnThisEdge(in Car car) =>
        car.HasStops && street.Stops[car.Vehicle][car.StopsDone].RouteIndex == car.Place;

    /// <summary>How much way a change that the route needs is begun ahead, metres.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double LookAhead(in LaneQuestion question, in Car car, in Kind kind, in Changing changing) => !street.HaveStops || kind.Strategic < 0
        ? LookAhead(question.Right, kind, changing.LookAheadSpeed)
        : LookAheadAmongStops(question, car, kind, changing);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double LookAheadAmongStops(in LaneQuestion question, in Car car, in Kind kind, in Changing changing)
    {
        var rest = question.Distance - car.Position;
        if (question.BestOffset == 0 && IsStopped(question.Leader) && question.Leader.Gap < rest)
            return 0.5 * (kind.Room + street.Kinds[street.Cars[question.Leader.Slot].Kind].Room + question.Leader.Gap);
        if (question.BestOffset == question.Direction && IsStopped(question.Ahead) && question.Ahead.Gap < rest)
            return kind.Room + street.Kinds[street.Cars[question.Ahead.Slot].Kind].Room + question.Ahead.Gap;
        return LookAhead(question.Right, kind, changing.LookAheadSpeed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double LookAhead(bool right, in Kind kind, double speed) =>
        kind.Strategic < 0 ? -1000 : speed * LookForwardSeconds * kind.Strategic * (right ? 1 : kind.LookaheadLeft) + 2 * kind.Room;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStopped(Neighbour other) => street.HaveStops && other.Exists && street.Cars[other.Slot].IsStopped;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wish FollowRoute(ref LaneQuestion question, in Car car, in Kind kind, ref Changing changing)
    {
        if (question.ToBest && question.IsOwnBest && IsNearEnd(question, car)) return question.Side | Wish.Strategic | Wish.Urgent;
        if (car.Speed >= CongestedSpeed) AvoidOvertakingOnTheRight(ref question, car, kind, ref changing);
        if (street.HaveStops && OvertakesStopped(ref question, car, kind)) return question.Side | Wish.Strategic | Wish.Urgent;
        if (!question.ToBest && CannotComeBack(question, car)) return Wish.Stay | Wish.Strategic;
        var leadsElsewhere = question.BestOffset == 0 && !IsStopped(question.Leader) && question.BesideDistance < TurnLaneMetres
            && LeadsOn(car, question.At + question.Direction);
        return leadsElsewhere ? Wish.Stay | Wish.Strategic : Wish.None;
    }

    /// <summary>What is left of this lane, less the queue on the best one, is too short to wait.</summary>
    private bool IsNearEnd(in LaneQuestion question, in Car car)
    {
        var needed = question.LookAhead * Math.Abs(question.BestOffset);
        var left = question.Distance - car.Position;
        if (left >= needed) left -= Occupation(car, question.At + question.BestOffset, left - needed);
        if (double.IsFinite(car.StopDistance) && IsStopOnThisEdge(car)) left = double.MaxNative(left, car.StopDistance);
        return left < needed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool CannotComeBack(in LaneQuestion question, in Car car)
    {
        var needed = question.LookAhead * (Math.Abs(question.BestOffset) + 2);
        var left = double.MaxNative(0, question.BesideDistance - car.Position);
        if (left < needed) return true;
        var jam = double.MaxNative(Occupation(car, question.At + question.Direction, left - needed), Occupation(car, question.At, left - needed));
        return double.MaxNative(0, left - jam) < needed;
    }

    /// <summary>The lane, or the last one on which the route can be followed from it, does not end at the end of the network.</summary>
    private bool LeadsOn(in Car car, int at)
    {
        ref readonly var prospect = ref ProspectOf(car, at);
        var edges = street.Routes.EdgesAhead(prospect);
        var lane = edges.IsEmpty ? car.Lane + at - map.Lanes[car.Lane].Position : edges[^1] + prospect.PositionAt(edges.Length - 1);
        return map.LinksFrom(lane).Length > 0;
    }

    /// <summary>Room taken on the lane by those in front, and on the lanes to which it leads, metres; counted until enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Occupation(in Car car, int at, double enough)
    {
        var taken = changer.Density(at);
        ref readonly var prospect = ref ProspectOf(car, at);
        var edges = street.Routes.EdgesAhead(prospect);
        for (var i = 0; i < edges.Length && taken <= enough; i++) taken += street.Occupied[edges[i] + prospect.PositionAt(i)];
        return taken;
    }

    private void AvoidOvertakingOnTheRight(ref LaneQuestion question, in Car car, in Kind kind, ref Changing changing)
    {
        question.AvoidsRightOvertaking = map.Lanes[car.Lane].Speed >= CongestedSpeed + 0.1 / 3.6 && kind.Class != Network.VehicleClasses.Emergency;
        if (!question.AvoidsRightOvertaking || question.Right || !question.Ahead.Exists) return;
        ref readonly var other = ref street.Cars[question.Ahead.Slot];
        ref readonly var otherKind = ref street.Kinds[other.Kind];
        var most = street.MaxSpeed(car, kind, car.Lane);
        var faster = double.MaxNative(most - street.MaxSpeed(other, otherKind, question.Beside), car.Speed - other.Speed);
        if (faster <= 0) return;
        var dt = street.Dt;
        var follow = double.MinNative(CarFollowing.FollowSpeedAfterMove(kind, question.Ahead.Gap, other.Speed, otherKind.Deceleration, dt), CarFollowing.Fastest(kind, car.Speed));
        var braked = CarFollowing.Slowest(kind, car.Speed);
        var safe = follow >= braked ? follow : double.MaxNative(braked, other.Speed - LaneMessages.OvertakeHelp);
        if (changing.SpeedGain < kind.ThresholdLeft) safe = double.MaxNative(safe, other.Speed);
        question.ThisSafe = double.MinNative(question.ThisSafe, safe);
        street.Advise(question.Slot, safe);
        var soon = CarFollowing.FollowSpeedAfterMove(kind, question.Ahead.Gap - faster * 8, other.Speed, otherKind.Deceleration, dt);
        if (soon >= safe) return;
        changing.SpeedGain += dt * faster / double.MaxNative(most, LeastNormalSpeed);
        question.OvertakesLeft = true;
    }

    private bool OvertakesStopped(ref LaneQuestion question, in Car car, in Kind kind)
    {
        if (!IsStopped(question.Leader) || question.Leader.Gap >= StoppedMetres) return false;
        var needed = question.Leader.Gap + kind.Length + street.Kinds[street.Cars[question.Leader.Slot].Kind].Room;
        if (double.MinNative(question.BesideDistance, question.Distance) - car.Position <= needed || (question.AvoidsRightOvertaking && question.Right)) return false;
        if (IsStopped(question.Ahead) && question.Ahead.Gap <= needed) return false;
        question.Distance = car.Position + question.Leader.Gap;
        return true;
    }
}
