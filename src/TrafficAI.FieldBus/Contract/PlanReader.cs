using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>From a phase plan of the contract to our words.</summary>
public static class PlanReader
{
    /// <param name="message">One that keeps the grammar.</param>
    /// <param name="basedOn">The street second that has the sequence of its base.</param>
    public static PhasePlan Read(IntersectionId intersection, Wire.Plan message, long basedOn) => new(
        intersection, basedOn, (long)message.BaseLamps, (long)message.Head.Epoch, (long)message.Head.Sequence, (int)message.LeaseSeconds,
        basedOn + message.CommittedUntil, (long)message.Decision,
        [.. message.Entries.Select(entry => new PlanEntry(
            new((int)Math.Min(entry.Phase, int.MaxValue)), basedOn + entry.Earliest, basedOn + entry.Planned, basedOn + entry.Latest))])
    {
        AllRedUntil = basedOn + message.AllRedUntil,
    };
}
