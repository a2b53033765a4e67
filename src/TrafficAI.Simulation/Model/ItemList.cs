using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>The links that the vehicles of one worker have in view, one vehicle behind the other in the order in which they plan and move.</summary>
internal sealed class ItemList
{
    /// <summary>Links that a vehicle looks ahead at most.</summary>
    public const int Most = 10;

    private Item[] items = new Item[64 * Most];
    private int end;

    /// <summary>Forgets all.</summary>
    public void Begin() => end = 0;

    /// <summary>Room for those of the next vehicle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<Item> Room(ref Car car)
    {
        if (end + Most > items.Length) Array.Resize(ref items, 2 * items.Length);
        car.FirstItem = end;
        return items.AsSpan(end, Most);
    }

    /// <summary>So many places of its room are taken.</summary>
    public void Take(ref Car car, int count)
    {
        car.ItemCount = (byte)count;
        end += count;
    }

    public Span<Item> Of(in Car car) => items.AsSpan(car.FirstItem, car.ItemCount);
}
