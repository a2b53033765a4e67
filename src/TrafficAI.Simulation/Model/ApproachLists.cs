using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Who is on the way to each link that others must watch and will pass it, written anew each step by several workers at once: each fills its own
/// array, and a list goes through all of them. What is read of a list must not depend on its order.</summary>
internal sealed class ApproachLists
{
    private const int WorkerShift = 26;
    private const int IndexMask = (1 << WorkerShift) - 1;

    /// <summary>Per link the step in the upper half, the first of its list in the lower.</summary>
    private readonly long[] first;

    private readonly Approach[][] approaches;
    private readonly int[] count;
    private long step = -1;

    public ApproachLists(int links, int workers, int capacity)
    {
        first = new long[links];
        Array.Fill(first, -1);
        count = new int[workers];
        approaches = [.. Enumerable.Range(0, workers).Select(_ => new Approach[Math.Max(64, capacity / workers)])];
    }

    public ref readonly Approach this[int index] => ref approaches[index >> WorkerShift][index & IndexMask];

    /// <summary>The first of a link's list; −1 if nobody comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstOf(int link) => first[link] >> 32 == step ? (int)first[link] : -1;

    /// <summary>Forgets all; of the step that follows.</summary>
    public void Begin(long next)
    {
        step = next & int.MaxValue;
        Array.Clear(count);
    }

    /// <summary>Adds one to the list of a link, all of which is yet to be written but who is next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Approach Open(int worker, int link)
    {
        var at = count[worker]++;
        if (at == approaches[worker].Length) Array.Resize(ref approaches[worker], 2 * at);
        ref var own = ref approaches[worker][at];
        own.Link = link;
        ref var head = ref first[link];
        if (count.Length > 1)
        {
            Share(ref own, ref head, worker << WorkerShift | at);
            return ref own;
        }

        own.Next = head >> 32 == step ? (int)head : -1;
        head = step << 32 | (uint)at;
        return ref own;
    }

    public void Add(int worker, in Approach approach)
    {
        ref var own = ref Open(worker, approach.Link);
        var next = own.Next;
        own = approach;
        own.Next = next;
    }

    private void Share(ref Approach own, ref long head, int index)
    {
        long known;
        do
        {
            known = Volatile.Read(ref head);
            own.Next = known >> 32 == step ? (int)known : -1;
        }
        while (Interlocked.CompareExchange(ref head, step << 32 | (uint)index, known) != known);
    }

    /// <summary>Forgets all steps, for time may go back.</summary>
    public void Forget() => Array.Fill(first, -1);

    public void Visit(IStateVisitor visitor)
    {
        var total = (int)visitor.Number(count.Sum());
        var all = new Approach[total];
        var at = 0;
        for (var worker = 0; worker < count.Length; worker++)
        {
            var own = approaches[worker].AsSpan(0, Math.Min(count[worker], total - at));
            own.CopyTo(all.AsSpan(at));
            at += own.Length;
        }

        visitor.Array(all.AsSpan());
        Forget();
        Begin(visitor.Number(step));
        foreach (ref readonly var approach in all.AsSpan()) Add(0, approach);
    }
}
