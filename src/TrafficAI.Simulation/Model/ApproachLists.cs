namespace TrafficAI.Simulation.Model;

/// <summary>Who is on the way to each link that others must watch, written anew each step.</summary>
internal sealed class ApproachLists(int links, int capacity)
{
    private readonly int[] first = CreateEmpty(links);
    private Approach[] approaches = new Approach[Math.Max(capacity, 64)];
    private int count;

    public ref readonly Approach this[int index] => ref approaches[index];

    /// <summary>The first of a link's list; −1 if nobody comes.</summary>
    public int FirstOf(int link) => first[link];

    public void Clear()
    {
        for (var i = 0; i < count; i++) first[approaches[i].Link] = -1;
        count = 0;
    }

    public void Add(in Approach approach)
    {
        if (count == approaches.Length) Array.Resize(ref approaches, 2 * count);
        approaches[count] = approach;
        approaches[count].Next = first[approach.Link];
        first[approach.Link] = count++;
    }

    public void Visit(IStateVisitor visitor)
    {
        count = (int)visitor.Number(count);
        if (count > approaches.Length) Array.Resize(ref approaches, count);
        visitor.Array(approaches.AsSpan(0, count));
        visitor.Array(first);
    }

    private static int[] CreateEmpty(int links)
    {
        var lists = new int[links];
        Array.Fill(lists, -1);
        return lists;
    }
}
