using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Map;
using TrafficAI.Simulation.Model;

namespace TrafficAI.Simulation.Walking;

/// <summary>People on foot: each at a speed of its own, waiting at crossings for the light, or for a gap where vehicles go first. They do
/// not hinder one another.</summary>
internal sealed class Walkers
{
    /// <summary>Kept by drivers before people on a crossing, metres.</summary>
    public const double SafetyGap = 1;

    /// <summary>Of the strip that a vehicle needs on a crossing, metres.</summary>
    private const double VehicleWidth = 2.8;

    private const double WalkerLength = 0.215;

    /// <summary>Share of their speed that people lose at most in a step, at random.</summary>
    private const double MostDawdling = 0.2;

    /// <summary>What a red light ahead seems to cost, less the time until one is there.</summary>
    private const double RedSeconds = 20;

    private readonly StreetState street;
    private readonly StreetDemand demand;
    private readonly Leg[][] legs;
    private readonly int[] countOn;
    private readonly int[] firstOn;
    private readonly int[] nextOn;
    private readonly Walker[] walkers;

    public Walkers(StreetState street, StreetDemand demand)
    {
        (this.street, this.demand) = (street, demand);
        var planner = new WalkPlanner(street.Map);
        legs = [.. demand.Persons.Select(planner.Plan)];
        walkers = new Walker[demand.Persons.Length];
        nextOn = new int[demand.Persons.Length];
        countOn = new int[demand.Persons.IsEmpty ? 0 : street.Map.Lanes.Length];
        firstOn = new int[countOn.Length];
    }

    /// <summary>People who are walking.</summary>
    public int Count { get; private set; }

    /// <summary>How many of the demand have begun to walk, or have been left out since they were to begin before the run.</summary>
    public int Begun { get; private set; }

    public void Visit(IStateVisitor visitor)
    {
        (Count, Begun) = ((int)visitor.Number(Count), (int)visitor.Number(Begun));
        visitor.Array(walkers.AsSpan(0, Count));
        FindCrossing();
    }

    public bool AreOn(int crossing) => countOn.Length > 0 && countOn[crossing] > 0;

    /// <summary>Somebody is in the way of a vehicle that meets the crossing, or comes so near that it must wait.</summary>
    /// <remarks>SUMO 1.15, MSPModel_Striping.blockedAtDist.</remarks>
    public bool Block(in Meeting meeting, double crossingGap)
    {
        var length = street.Map.Lanes[meeting.Lane].Length;
        var side = length - meeting.FoeBehind + (meeting.FoeSize - VehicleWidth) / 2;
        for (var i = firstOn[meeting.Lane]; i >= 0; i = nextOn[i])
        {
            ref readonly var walker = ref walkers[i];
            ref readonly var leg = ref legs[walker.Person][walker.Leg];
            var at = leg.Forward ? walker.Metres : length - walker.Metres;
            var front = leg.Forward ? side - at : at - side;
            if (front + WalkerLength >= -VehicleWidth && front < crossingGap) return true;
        }

        return false;
    }

    public void Step()
    {
        if (demand.Persons.IsEmpty) return;
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            Walk(ref walkers[i]);
            if (walkers[i].Leg < legs[walkers[i].Person].Length) walkers[kept++] = walkers[i];
        }

        Count = kept;
        Begin();
        FindCrossing();
    }

    private void Walk(ref Walker walker)
    {
        var own = legs[walker.Person];
        var left = walker.Speed * street.Dt * (1 - MostDawdling * street.Chance.Unit(walker.Person, street.Step, Chance.Purpose.Stroll));
        while (walker.Leg < own.Length && left > 0)
        {
            var rest = own[walker.Leg].Metres - walker.Metres;
            if (left < rest)
            {
                walker.Metres += left;
                return;
            }

            var next = Next(walker, own);
            if (next < own.Length && own[next].Crossing >= 0 && !MayCross(walker, own[next]))
            {
                walker.Metres = own[walker.Leg].Metres;
                return;
            }

            left -= Math.Max(rest, 0);
            (walker.Leg, walker.Metres) = (next, 0);
        }
    }

    private int Next(in Walker walker, Leg[] own)
    {
        var next = walker.Leg + 1 + own[walker.Leg].Skip;
        if (next >= own.Length || own[next].Other == 0) return next;
        var other = next + own[next].Other;
        return Seconds(walker, own.AsSpan(other, own[other - 1].Skip)) < Seconds(walker, own.AsSpan(next, own[next].Other)) ? other : next;
    }

    /// <summary>How long a way over a junction seems to take from here, as the lights show now.</summary>
    /// <remarks>SUMO 1.15, PedestrianEdge.getTravelTime.</remarks>
    private double Seconds(in Walker walker, ReadOnlySpan<Leg> way)
    {
        var seconds = 0.0;
        foreach (ref readonly var leg in way)
        {
            if (leg.Link >= 0 && street.IsRed(leg.Link)) seconds += Math.Max(0, RedSeconds - seconds);
            seconds += leg.Metres / walker.Speed;
        }

        return seconds;
    }

    private bool MayCross(in Walker walker, in Leg crossing)
    {
        if (crossing.Link < 0) return true;
        var passage = new RightOfWay.Passage(-1, 0, walker.Speed, walker.Speed, crossing.Metres, 0, 1, 1, 1);
        return RightOfWay.IsOpen(street, crossing.Link, passage, ignoresRed: false) && !street.IsAmber(crossing.Link);
    }

    private void Begin()
    {
        var now = street.BeginSeconds + street.Now;
        for (; Begun < demand.Persons.Length && demand.Persons[Begun].DepartSeconds <= now; Begun++)
        {
            if (demand.Persons[Begun].DepartSeconds >= street.BeginSeconds) walkers[Count++] = new() { Person = Begun, Speed = SpeedOf(Begun) };
        }
    }

    private double SpeedOf(int person)
    {
        var plan = demand.Persons[person];
        if (plan.Walks[0].SpeedMetresPerSecond is { } given) return given;
        var factor = demand.Types[plan.Type].SpeedFactor;
        var drawn = factor.Mean + factor.Deviation * street.Chance.Normal(person, 0, Chance.Purpose.Walk);
        return street.Kinds[plan.Type].MaxSpeed * Math.Clamp(drawn, factor.Least, factor.Most);
    }

    private void FindCrossing()
    {
        if (countOn.Length == 0) return;
        Array.Clear(countOn);
        Array.Fill(firstOn, -1);
        for (var i = 0; i < Count; i++)
        {
            var lane = legs[walkers[i].Person][walkers[i].Leg].Crossing;
            if (lane < 0) continue;
            (nextOn[i], firstOn[lane]) = (firstOn[lane], i);
            countOn[lane]++;
        }
    }
}
