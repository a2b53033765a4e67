using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>Something blocks a stop lane.</summary>
/// <param name="Lane">Index of the stop lane.</param>
/// <param name="Reason">What was seen, in a few plain words.</param>
public readonly record struct Incident(int Lane, string Reason);

/// <summary>Finds stop lanes that discharge nobody in spite of green, though somebody stands at the line and the exits are free; until such a
/// lane moves again its demand counts only for a probe now and then.</summary>
/// <remarks>A head of unknown turn may wait for another green, or for a gap: so every movement of the lane must have had its chance,
/// <see cref="ChanceSeconds"/> of green with nobody to yield to or <see cref="GapSeconds"/> of green in which it must yield.</remarks>
internal sealed class IncidentWatch
{
    private const double HeadMetres = 8;
    private const int LeastGreens = 2;
    private const int ChanceSeconds = 8;
    private const int GapSeconds = 60;

    /// <summary>A blocked lane that has been red for so long is given a green to show whether it moves again.</summary>
    private const int ProbeAfterSeconds = 120;

    private readonly IntersectionModel model;
    private readonly uint[] heads;
    private readonly int[] greens;
    private readonly bool[] wasOpen;
    private readonly int[] free;
    private readonly int[] yielding;
    private readonly int[] red;
    private readonly bool[] blocked;

    public IncidentWatch(IntersectionModel model)
    {
        this.model = model;
        heads = new uint[model.Lanes.Length];
        greens = new int[model.Lanes.Length];
        wasOpen = new bool[model.Lanes.Length];
        free = new int[model.Movements.Length];
        yielding = new int[model.Movements.Length];
        red = new int[model.Lanes.Length];
        blocked = new bool[model.Lanes.Length];
    }

    /// <summary>The lanes that are blocked, rising.</summary>
    public ImmutableArray<Incident> All { get; private set; } = [];

    /// <summary>Its demand holds and calls nothing now.</summary>
    public bool IsIgnored(int lane) => blocked[lane] && red[lane] < ProbeAfterSeconds;

    /// <summary>Takes in one second of a stop lane whose vehicles are seen.</summary>
    /// <param name="vehicles">The nearest first.</param>
    /// <param name="departed">Vehicles that have passed its line.</param>
    public void Observe(LaneModel lane, ReadOnlySpan<ApproachingVehicle> vehicles, int departed, SignalState signals, ImmutableArray<bool> exitBlocked)
    {
        var l = lane.Index;
        var open = Lights.GreenSeconds(model, lane, signals) > 0;
        red[l] = open ? 0 : red[l] + 1;
        if (departed > 0 || vehicles.IsEmpty || vehicles[0] is not { Standing: true, DistanceMetres: < HeadMetres } || vehicles[0].Key != heads[l])
        {
            Forget(lane, vehicles);
            return;
        }

        if (open && !wasOpen[l]) greens[l]++;
        wasOpen[l] = open;
        foreach (var m in lane.Movements) Count(model.Movements[m], signals, exitBlocked);
        if (!blocked[l] && greens[l] >= LeastGreens && HadTheirChance(lane)) Block(lane);
    }

    /// <summary>The lane cannot be seen any more.</summary>
    public void Lose(LaneModel lane) => Forget(lane, []);

    private void Count(Movement movement, SignalState signals, ImmutableArray<bool> exitBlocked)
    {
        if (signals.Next is not null || exitBlocked[movement.Exit] || Lights.GreenSeconds(movement, signals) == 0) return;
        if (model.IsUnopposed(signals.Phase, movement.Index)) free[movement.Index]++;
        else yielding[movement.Index]++;
    }

    private bool HadTheirChance(LaneModel lane)
    {
        foreach (var m in lane.Movements)
        {
            if (free[m] < ChanceSeconds && yielding[m] < GapSeconds) return false;
        }

        return true;
    }

    private void Block(LaneModel lane)
    {
        blocked[lane.Index] = true;
        var seconds = lane.Movements.Max(m => free[m] + yielding[m]);
        All = [.. All.Add(new(lane.Index, string.Create(
            CultureInfo.InvariantCulture, $"the first vehicle has stood through {greens[lane.Index]} greens, {seconds} s in all, before a free exit"))).OrderBy(i => i.Lane)];
    }

    private void Forget(LaneModel lane, ReadOnlySpan<ApproachingVehicle> vehicles)
    {
        var l = lane.Index;
        heads[l] = vehicles.IsEmpty ? 0 : vehicles[0].Key;
        greens[l] = 0;
        wasOpen[l] = false;
        foreach (var m in lane.Movements) free[m] = yielding[m] = 0;
        if (blocked[l]) Free(l);
    }

    private void Free(int lane)
    {
        blocked[lane] = false;
        All = All.RemoveAll(i => i.Lane == lane);
    }
}
