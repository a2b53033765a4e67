using TrafficAI.Network;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>Which time orders one controller gets: one a minute while no better source sets its clock, none any more in a boot that has said that its clock is not
/// set from afar. For its logs only: nothing depends on a wall clock. Not thread-safe.</summary>
internal sealed class ClockOrders
{
    public const long EveryMilliseconds = 60_000;

    private (ulong Boot, bool IsFree)? clock;
    private ulong refusedBy;
    private Instant last;
    private ulong sequence;

    /// <summary>A frame has told of its clock.</summary>
    public void Hear(ulong boot, Wire.WallClock? told) => clock = told is null ? null : (boot, told.Quality != Wire.ClockQuality.Synchronised);

    /// <summary>A reply to a time order has come.</summary>
    public void Hear(Wire.Reply reply)
    {
        if (reply.Outcome == Wire.Outcome.NotSupported) refusedBy = reply.Boot;
    }

    /// <summary>The sequence of the order that is due, or null.</summary>
    public ulong? Next(Instant now)
    {
        if (clock is not { IsFree: true } told || told.Boot == refusedBy) return null;
        if (sequence > 0 && now.Milliseconds - last.Milliseconds < EveryMilliseconds) return null;
        last = now;
        return ++sequence;
    }
}
