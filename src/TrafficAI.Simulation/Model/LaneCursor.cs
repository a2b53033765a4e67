using System.Runtime.CompilerServices;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Model;

/// <summary>How far the vehicles of one lane have been asked whether they change lanes.</summary>
internal struct LaneCursor
{
    /// <summary>Position of the next one to be asked, metres; negative infinity at the end.</summary>
    public double Head;

    /// <summary>Room taken by those who have decided for this lane, metres.</summary>
    public double Density;

    /// <summary>That one's slot.</summary>
    public int Slot;

    /// <summary>Place of its foremost one in the lists of all lanes.</summary>
    public int First;

    /// <summary>How many have been asked.</summary>
    public int Next;

    /// <summary>How many there were before all changes.</summary>
    public int Count;

    /// <summary>How many have decided for this lane, and the last of them; −1 for nobody.</summary>
    public int Done;
    public int LastDone;

    /// <summary>Those who want onto this lane at once and cannot; −1 for nobody.</summary>
    public int LastBlocked;
    public int FirstBlocked;

    /// <summary>So many have room in its list.</summary>
    public int Capacity;
    public VehicleClasses Allowed;

    /// <summary>Before anybody is asked. One number after the other: copied as a whole, they would be waited for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(int first, int count, int capacity, VehicleClasses allowed)
    {
        Density = 0;
        (First, Next, Count, Done) = (first, 0, count, 0);
        (LastDone, LastBlocked, FirstBlocked) = (StreetState.None, StreetState.None, StreetState.None);
        (Capacity, Allowed) = (capacity, allowed);
    }

    /// <summary>Whether another vehicle of that class could be taken up.</summary>
    public readonly bool MayTake(VehicleClasses kind) => (Allowed & kind) != 0 && Done + Count - Next < Capacity;

    /// <summary>One more has decided for this lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int slot, double room)
    {
        Done++;
        LastDone = slot;
        Density += room;
    }

    public void NoteBlocked(int slot)
    {
        LastBlocked = slot;
        if (FirstBlocked < 0) FirstBlocked = slot;
    }
}
