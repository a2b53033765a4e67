using Google.Protobuf;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>From a phase plan in our words to one of the contract: street seconds become offsets from the frame that it was decided on.</summary>
public static class PlanWriter
{
    /// <param name="plan">With an epoch and a sequence of 1 or more.</param>
    /// <param name="boot">Of the controller that it is for.</param>
    /// <param name="baseSequence">Of the frame that it was decided on.</param>
    /// <param name="configuration">Checksum of the configuration that it was decided with.</param>
    public static Wire.Plan Write(PhasePlan plan, ulong boot, ulong baseSequence, ByteString configuration)
    {
        var message = new Wire.Plan
        {
            Head = new() { Epoch = (ulong)plan.Epoch, Sequence = (ulong)plan.Sequence, Boot = boot, Configuration = configuration },
            BaseSequence = baseSequence,
            BaseLamps = (ulong)plan.BasedOnLamps,
            LeaseSeconds = (uint)plan.LeaseSeconds,
            CommittedUntil = Offset(plan, plan.CommittedUntil),
            Decision = (ulong)plan.Decision,
            AllRedUntil = (uint)Math.Clamp(plan.AllRedUntil - plan.BasedOnSecond, 0, plan.LeaseSeconds),
        };
        foreach (var entry in plan.Entries)
        {
            message.Entries.Add(new Wire.PlanEntry
            {
                Phase = (uint)entry.Phase.Number,
                Earliest = Offset(plan, entry.Earliest),
                Planned = Offset(plan, entry.Planned),
                Latest = Offset(plan, entry.Latest),
            });
        }

        return message;
    }

    private static int Offset(PhasePlan plan, long second) =>
        (int)Math.Clamp(second - plan.BasedOnSecond, -WireLimits.DaySeconds, WireLimits.DaySeconds);
}
