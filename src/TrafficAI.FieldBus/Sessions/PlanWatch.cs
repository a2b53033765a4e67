using TrafficAI.Network;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>Which plans a controller has answered. One that stays without a reply for a second, with no newer one sent, is sent again, twice at
/// most and while its lease holds; one that has none after three is counted. Not thread-safe.</summary>
internal sealed class PlanWatch
{
    public const long RepeatMilliseconds = 1_000;
    public const long PatienceMilliseconds = 3_000;
    public const int Repeats = 2;

    private const int MostOpen = 256;

    private readonly SortedDictionary<long, Sent> open = [];
    private Sent? newest;
    private bool answers;
    private string? refusal;

    /// <summary>The sequence of the newest plan sent; 0 for none.</summary>
    public long Newest => newest?.Sequence ?? 0;

    /// <summary>Plans without a reply in time.</summary>
    public long Unanswered { get; private set; }

    public long Resent { get; private set; }

    public void Send(Sent plan)
    {
        newest = plan;
        open[plan.Sequence] = plan;
        if (open.Count > MostOpen) open.Remove(open.Keys.First());
    }

    /// <summary>The base frame of a plan that was sent.</summary>
    public ulong? BaseOf(long sequence) => open.TryGetValue(sequence, out var sent) ? sent.Base : null;

    /// <summary>A reply to a plan of ours has come.</summary>
    /// <returns>Whether it is a refusal otherwise than the one before.</returns>
    public bool Hear(long sequence, string outcome, bool accepted)
    {
        answers = true;
        if (open.TryGetValue(sequence, out var sent)) sent.IsAnswered = true;
        var before = refusal;
        refusal = accepted ? null : outcome;
        return refusal is not null && refusal != before;
    }

    /// <summary>Time passes.</summary>
    /// <param name="sequence">Of the newest frame.</param>
    /// <returns>A plan to send again, or null.</returns>
    public byte[]? Pass(Instant now, ulong sequence)
    {
        foreach (var sent in open.Values)
        {
            if (sent.IsAnswered || sent.IsCounted || now.Milliseconds - sent.First.Milliseconds < PatienceMilliseconds) continue;
            sent.IsCounted = true;
            Unanswered++;
        }

        // Who has never answered anything does not begin with a repeat.
        if (!answers || newest is not { IsAnswered: false } last || last.Repeats == Repeats || sequence >= last.Base + last.Lease) return null;
        if (now.Milliseconds - last.Last.Milliseconds < RepeatMilliseconds) return null;
        (last.Last, last.Repeats) = (now, last.Repeats + 1);
        Resent++;
        return last.Payload;
    }

    /// <summary>The newest plan as it was sent, if it is on this frame.</summary>
    public byte[]? On(ulong sequence) => newest is { } last && last.Base == sequence ? last.Payload : null;

    /// <summary>A plan under way.</summary>
    /// <param name="Sequence">Of the plan.</param>
    /// <param name="Base">Of the frame that it is on.</param>
    /// <param name="Lease">Seconds from that frame.</param>
    /// <param name="Payload">As it was sent.</param>
    /// <param name="First">When it was sent.</param>
    internal sealed record Sent(long Sequence, ulong Base, uint Lease, byte[] Payload, Instant First)
    {
        /// <summary>When it was sent last.</summary>
        public Instant Last { get; set; } = First;

        public int Repeats { get; set; }

        public bool IsAnswered { get; set; }

        public bool IsCounted { get; set; }
    }
}
