using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Decides the next speed of a vehicle when all have planned: which links are open, what others asked for, the driver's imperfection.</summary>
/// <remarks>SUMO 1.15, MSVehicle.processLinkApproaches, MSCFModel.finalizeSpeed, MSLCM_LC2013._patchSpeed.</remarks>
internal sealed class Decider(StreetState street, ItemList items)
{
    private const double MergeOffset = 1;

    private readonly StreetMap map = street.Map;

    /// <summary>Bounds that the links ahead set to the next speed, m/s.</summary>
    private ref struct Bounds
    {
        public double Safe;

        /// <summary>Needed to get across a link at which it is too late to stop.</summary>
        public double Least;

        public double LeastDistance;
        public bool CanBrake;
    }

    /// <summary>The speed of the next step of one with links ahead, m/s; found when all have planned.</summary>
    public double Decide(int slot, ref Car car, in Kind kind)
    {
        var bounds = new Bounds { Safe = double.MaxValue, Least = double.MinValue };
        PassLinks(slot, ref car, kind, ref bounds);
        var least = Least(car, kind, CarFollowing.Slowest(kind, car.Speed), bounds.Safe);
        var fastest = double.MinNative(double.MaxNative(car.Limit, bounds.Safe), CarFollowing.Fastest(kind, car.Speed));
        var next = Finish(slot, car, kind, least, double.MaxNative(least, double.MinNative(fastest, bounds.Safe)));
        return Settle(next > 0 ? double.MaxNative(next, bounds.Least) : next);
    }

    /// <summary>The same of one whom no link can hold up: that needs nothing of others' plans.</summary>
    /// <param name="slowest">By ordinary braking, m/s.</param>
    /// <param name="safe">Next speed without imperfection, m/s; not above what it can reach and may drive.</param>
    /// <param name="willWait">It has to wait at the next link.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DecideAtOnce(int slot, ref Car car, in Kind kind, double slowest, double safe, bool willWait)
    {
        (car.Outlook, car.WillWait) = (Outlook.Decided, willWait);
        var least = Least(car, kind, slowest, safe);
        car.NextSpeed = Settle(Finish(slot, car, kind, least, double.MaxNative(least, safe)));
    }

    /// <summary>It slows down or hardly moves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasToBrake(in Car car, double safe) => safe < car.Speed || safe < CarFollowing.Halting;

    /// <summary>Who would only creep stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Settle(double next) => Math.Abs(next) < CarFollowing.Creeping * street.Dt ? 0 : next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PassLinks(int slot, ref Car car, in Kind kind, ref Bounds bounds)
    {
        car.MustWait = false;
        foreach (ref readonly var item in items.Of(car))
        {
            if (item.Link < 0 || !item.Request)
            {
                if (item.Link >= 0 && map.Links[item.Link].FromInside && map.Lanes[car.Lane].IsInside && IsOwnJunction(car, item.Link))
                    (car.Entered, car.EnteredConflict) = (Car.Never, Car.Never);
                bounds.Safe = item.Wait;
                if (item.Wait < car.Speed || item.Wait < CarFollowing.Halting) car.MustWait = true;
                break;
            }

            if (!PassLink(ref car, kind, item, ref bounds)) break;
        }

        if (bounds.Safe + CarFollowing.Tiny >= bounds.Least) return;
        if (bounds.CanBrake && bounds.Safe < car.Speed)
        {
            bounds.Safe = double.MinNative(bounds.Safe, CarFollowing.StopSpeed(kind, car.Speed, bounds.LeastDistance, street.Dt));
            bounds.Least = 0;
            car.MustWait = true;
        }
        else
        {
            bounds.Least = bounds.Safe;
        }
    }

    private bool IsOwnJunction(in Car car, int link) =>
        map.LinksFrom(car.Lane) is [var own, ..] && map.Links[own].Junction == map.Links[link].Junction;

    /// <returns>Whether the link is passed, so that the next one counts.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool PassLink(ref Car car, in Kind kind, in Item item, ref Bounds bounds)
    {
        return Letters.Are(street.LinkState[item.Link], Letters.PlainlyOpen & ~Letters.Amber) ? Pass(ref car, kind, item, ref bounds) : TryPass(ref car, kind, item, ref bounds);
    }

    private bool TryPass(ref Car car, in Kind kind, in Item item, ref Bounds bounds)
    {
        ref readonly var link = ref map.Links[item.Link];
        var amber = street.IsAmber(item.Link);
        var canBrake = item.Distance > car.BrakeGap || car.Speed < kind.StepBraking;
        var ignoresRed = street.IgnoresRed(kind, item.Link, canBrake);
        if (amber && canBrake && !ignoresRed) return Wait(ref car, item, ref bounds);
        var isOpen = amber || kind.HasBluelight || street.IsPlainlyOpen(item.Link)
            || RightOfWay.IsOpen(street, item.Link, PassageOf(car, kind, item, canBrake ? street.Impatience(car, kind) : 1), ignoresRed);
        if (!isOpen) return Wait(ref car, item, ref bounds);
        if (!street.HasPriority(item.Link) && !street.EnteredMajor(link) && !street.MayWaitInside(item.Link) && !ignoresRed)
        {
            if (item.Distance > link.Visibility && (canBrake || !amber)) return Wait(ref car, item, ref bounds);
            bounds.LeastDistance = item.Distance;
            bounds.Least = double.MinNative((item.Distance + CarFollowing.Slack) / street.Dt, item.Pass);
            bounds.CanBrake = canBrake;
        }

        return Pass(ref car, kind, item, ref bounds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Pass(ref Car car, in Kind kind, in Item item, ref Bounds bounds)
    {
        bounds.Safe = item.Pass;
        if (item.Pass < kind.Deceleration && item.Pass <= item.Wait && item.Pass < CarFollowing.Fastest(kind, car.Speed)) car.MustWait = true;
        return true;
    }

    private static RightOfWay.Passage PassageOf(in Car car, in Kind kind, in Item item, double impatience) =>
        new(car.Vehicle, item.Arrival, item.ArrivalSpeed, item.LeaveSpeed, kind.Length, impatience, kind.Deceleration, car.Waiting, kind.TimeGapMinor);

    private static bool Wait(ref Car car, in Item item, ref Bounds bounds)
    {
        bounds.Safe = item.Wait;
        car.MustWait = true;
        return false;
    }

    /// <summary>The slowest that it brakes to, whatever it should.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Least(in Car car, in Kind kind, double slowest, double safe) =>
        double.MinNative(slowest, double.MaxNative(safe, double.MaxNative(0, car.Speed - kind.StepEmergency)));

    /// <summary>With the driver's imperfection, and with regard to lane changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Finish(int slot, in Car car, in Kind kind, double least, double most)
    {
        var sigma = kind.SigmaMinor != kind.Sigma && IsPassingMinor(slot, car) ? kind.SigmaMinor : kind.Sigma;
        var wished = double.MaxNative(least, Dawdle(car, kind, most, sigma));
        ref readonly var changing = ref street.Changings[slot];
        return double.MaxNative(0, changing.IsQuiet ? wished : Heed(slot, changing, car, kind, double.MaxNative(least, 0), wished, most));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Dawdle(in Car car, in Kind kind, double speed, double sigma)
    {
        if (sigma == 0) return speed;
        var chance = Chance.Unit(car.Stream, street.Step, Chance.Purpose.Dawdle);
        return double.MaxNative(0, speed - street.Dt * sigma * double.MinNative(speed, kind.Acceleration) * chance);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsPassingMinor(int slot, in Car car)
    {
        if (car.IsInside) return map.LinksOnto(car.Lane) is [var entry, ..] && !street.HasPriority(entry);
        return items.Of(car) is [{ Link: >= 0 } item, ..] && item.Distance <= map.Links[item.Link].Visibility && !street.HasPriority(item.Link);
    }

    /// <summary>Slows down or hurries for a lane change, one's own or another's.</summary>
    private double Heed(int slot, in Changing changing, in Car car, in Kind kind, double least, double wished, double most)
    {
        var (speed, isAsked) = (wished, false);
        if (changing.BlockerLength != 0)
        {
            var space = changing.LeftSpace - changing.BlockerLength - MergeOffset - kind.MinGap;
            var stop = space > 0 ? CarFollowing.StopSpeed(kind, car.Speed, space, street.Dt) : double.MaxValue;
            if (stop < wished) (speed, isAsked) = (double.MaxNative(least, stop), true);
        }

        var cooperation = Math.Clamp(kind.Cooperative, 0, 1);
        for (var i = 0; i < changing.AdviceCount; i++)
        {
            var advised = street.Advices[slot][i];
            if (advised < least || advised > most) continue;
            (speed, isAsked) = (double.MinNative(advised * cooperation + (1 - cooperation) * wished, speed), true);
        }

        if (isAsked) return speed;
        var state = changing.State;
        if ((state & Wish.Wanted) != 0 && (state & Wish.Blocked) != 0 && (state & Wish.Strategic) != 0) return (most + wished) / 2;
        return (state & Wish.BlockingLeader) != 0 ? (most + wished) / 2 : wished;
    }
}
