using TrafficAI.Network;

namespace TrafficAI.Runtime;

/// <summary>Tells which frames are overdue by the street's own time, so that no clock has a word in it. A frame is overdue when a later one of its
/// controller has come, or when the others have gone on without it: each of them in its turn, and then some again, twice over. Who has
/// been silent for longer than a plan is obeyed is waited for no more.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class FrameDeadlines
{
    /// <summary>So many seconds in a row are told as missed; more only count as a silence.</summary>
    public const int MostInARow = 30;

    private const int RoundsOfGrace = 3;

    private readonly SortedDictionary<IntersectionId, Heard> all = [];
    private readonly HashSet<IntersectionId> turn = [];
    private long round;

    /// <summary>A frame has come.</summary>
    /// <returns>What is overdue by now, in order of intersection and second: to be told before the frame.</returns>
    public IReadOnlyList<(IntersectionId Intersection, long Second)> Hear(IntersectionId intersection, long second)
    {
        var overdue = new List<(IntersectionId, long)>();
        if (!all.TryGetValue(intersection, out var own)) all.Add(intersection, own = new Heard { Newest = second - 1 });
        var gap = second - own.Newest - 1;
        if (own.IsPresent && gap <= MostInARow) MissUpTo(intersection, own, second, overdue);
        (own.Newest, own.Round, own.Missed) = (Math.Max(own.Newest, second), round, 0);
        if (turn.Add(intersection) || 2 * turn.Count < all.Values.Count(h => h.IsPresent)) return overdue;
        BeginRound(intersection, overdue);
        return overdue;
    }

    private void BeginRound(IntersectionId first, List<(IntersectionId, long)> overdue)
    {
        turn.Clear();
        turn.Add(first);
        round++;
        all[first].Round = round;
        foreach (var (id, heard) in all)
        {
            if (heard.IsPresent && round - heard.Round >= RoundsOfGrace) MissUpTo(id, heard, heard.Newest + 2, overdue);
        }
    }

    private static void MissUpTo(IntersectionId id, Heard heard, long end, List<(IntersectionId, long)> overdue)
    {
        for (; heard.Newest < end - 1 && heard.IsPresent; heard.Missed++) overdue.Add((id, ++heard.Newest));
    }

    private sealed class Heard
    {
        /// <summary>The newest second that came or was told as missed.</summary>
        public long Newest { get; set; }

        /// <summary>The round in which the last frame came.</summary>
        public long Round { get; set; }

        public int Missed { get; set; }

        public bool IsPresent => Missed < MostInARow;
    }
}
