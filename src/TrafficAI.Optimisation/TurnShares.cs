using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using TrafficAI.Network;

namespace TrafficAI.Optimisation;

/// <summary>Learns which share of a lane's traffic takes which movement, from vehicles that leave the lane and loops behind the junction.</summary>
/// <remarks>A Dirichlet prior of 3 vehicles a lane. A departure counts at once when only one movement of its lane could go; otherwise
/// it waits until exit loops count, and each count is shared among the departures that could explain it, in proportion to what was
/// believed (one step of expectation maximisation). Certain departures explain counts away.</remarks>
public sealed class TurnShares
{
    private const double PriorVehicles = 3;

    /// <summary>Beyond so many counted vehicles a lane forgets half, so that it can follow the time of day.</summary>
    private const double MemoryVehicles = 200;

    private const double SlowestMetresPerSecond = 3;
    private const double FastestMetresPerSecond = 15;
    private const int SlackSeconds = 4;
    private const double LeastWeight = 1e-6;

    private readonly IntersectionModel model;
    private readonly int[] position;
    private readonly double[] counts;
    private readonly double[] shares;
    private readonly List<Departure> open = [];
    private readonly bool[] lost;
    private readonly bool learns;

    /// <param name="learns">Otherwise the shares stay as at first.</param>
    public TurnShares(IntersectionModel model, bool learns = true)
    {
        this.model = model;
        this.learns = learns;
        counts = new double[model.Movements.Length];
        shares = new double[model.Movements.Length];
        position = new int[model.Movements.Length];
        lost = new bool[model.ExitDetectors.Length];
        foreach (var lane in model.Lanes) SetPrior(lane);
    }

    /// <summary>Per movement its share of its lane; those of a lane add up to 1. Valid until more is learned.</summary>
    public ImmutableArray<double> Shares => ImmutableCollectionsMarshal.AsImmutableArray(shares);

    /// <summary>A movement's share of its lane, and how sure it is.</summary>
    public LearnedTurn Learned(int movement)
    {
        var vehicles = 0.0;
        foreach (var m in model.Lanes[model.Movements[movement].StopLane].Movements) vehicles += counts[m];
        var share = shares[movement];
        return new(share, Math.Sqrt(share * (1 - share) / (vehicles + 1)));
    }

    /// <summary>A vehicle left a lane.</summary>
    /// <param name="possible">Bit k: movement k of the lane could go; 0 where none had green: then any may have gone.</param>
    public void Departed(int lane, long second, uint possible)
    {
        if (!learns) return;
        var movements = model.Lanes[lane].Movements.Length;
        var all = movements >= 32 ? uint.MaxValue : (1u << movements) - 1;
        var mask = (possible & all) == 0 ? all : possible & all;
        if (movements > 1 && BitOperations.IsPow2(mask)) Count(model.Lanes[lane].Movements[BitOperations.TrailingZeroCount(mask)], 1);
        open.Add(new(lane, second, mask, 1));
    }

    /// <summary>Whether the loop of an exit is to be believed. Lanes that lead to one that is not learn from certain departures alone: the others
    /// would all seem to go elsewhere.</summary>
    public void Judge(int exit, bool good) => lost[exit] = !good;

    /// <summary>Vehicles entered an exit lane.</summary>
    public void Entered(int exit, long second, int vehicles)
    {
        if (lost[exit] || !learns) return;
        for (var i = 0; i < vehicles; i++) Explain(exit, second);
    }

    /// <summary>Forgets departures whose exit must have been counted by now.</summary>
    public void Expire(long second)
    {
        var keep = 0;
        foreach (var departure in CollectionsMarshal.AsSpan(open))
        {
            if (second - departure.Second <= LongestWay(departure.Lane)) open[keep++] = departure;
        }

        open.RemoveRange(keep, open.Count - keep);
    }

    private void SetPrior(LaneModel lane)
    {
        var total = 0.0;
        foreach (var movement in lane.Movements) total += PriorWeight(model.Movements[movement].Direction);
        for (var k = 0; k < lane.Movements.Length; k++)
        {
            var movement = lane.Movements[k];
            position[movement] = k;
            counts[movement] = PriorVehicles * PriorWeight(model.Movements[movement].Direction) / total;
            shares[movement] = counts[movement] / PriorVehicles;
        }
    }

    private static double PriorWeight(TurnDirection direction) => direction switch
    {
        TurnDirection.Straight => 3,
        TurnDirection.UTurn => 0.02,
        _ => 1,
    };

    private void Explain(int exit, long second)
    {
        var total = Weigh(exit, second, 0);
        if (total > LeastWeight) Weigh(exit, second, 1 / total);
    }

    /// <summary>Sums the weights of all explanations; with a scale above 0 it also books them.</summary>
    private double Weigh(int exit, long second, double scale)
    {
        var total = 0.0;
        foreach (ref var departure in CollectionsMarshal.AsSpan(open))
        {
            foreach (var m in model.Lanes[departure.Lane].Movements)
            {
                var weight = Weight(departure, m, exit, second);
                if (weight <= 0) continue;
                total += weight;
                if (scale > 0) Book(ref departure, m, weight * scale);
            }
        }

        return total;
    }

    private double Weight(in Departure departure, int movement, int exit, long second)
    {
        var way = model.Movements[movement];
        if (way.Exit != exit || LeadsToLost(departure.Lane) || (departure.Possible >> position[movement] & 1) == 0) return 0;
        var took = second - departure.Second;
        var possible = took >= way.LengthInsideMetres / FastestMetresPerSecond - 1 && took <= Longest(way);
        return possible ? departure.Left * shares[movement] / PossibleShare(departure) : 0;
    }

    private bool LeadsToLost(int lane)
    {
        foreach (var m in model.Lanes[lane].Movements)
        {
            if (lost[model.Movements[m].Exit]) return true;
        }

        return false;
    }

    private double PossibleShare(in Departure departure)
    {
        var sum = 0.0;
        foreach (var m in model.Lanes[departure.Lane].Movements)
        {
            if ((departure.Possible >> position[m] & 1) != 0) sum += shares[m];
        }

        return sum;
    }

    private void Book(ref Departure departure, int movement, double part)
    {
        if (!BitOperations.IsPow2(departure.Possible)) Count(movement, part);
        departure = departure with { Left = Math.Max(0, departure.Left - part) };
    }

    private void Count(int movement, double vehicles)
    {
        counts[movement] += vehicles;
        var lane = model.Lanes[model.Movements[movement].StopLane];
        var total = 0.0;
        foreach (var m in lane.Movements) total += counts[m];
        if (total > MemoryVehicles)
        {
            foreach (var m in lane.Movements) counts[m] /= 2;
            total /= 2;
        }

        foreach (var m in lane.Movements) shares[m] = counts[m] / total;
    }

    private int LongestWay(int lane)
    {
        var longest = 0;
        foreach (var m in model.Lanes[lane].Movements) longest = Math.Max(longest, Longest(model.Movements[m]));
        return longest;
    }

    private static int Longest(Movement way) => (int)(way.LengthInsideMetres / SlowestMetresPerSecond) + SlackSeconds;

    /// <summary>A vehicle whose turn is not yet known for sure.</summary>
    /// <param name="Left">How much of it no exit loop has explained yet, 0 to 1.</param>
    private readonly record struct Departure(int Lane, long Second, uint Possible, double Left);
}
