using Google.Protobuf;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>What a server knows of one controller since it listens.</summary>
internal sealed class ControllerSession(Credentials credentials)
{
    private readonly Lock gate = new();
    private readonly StreetCount count = new();
    private ByteString? configuration;
    private (ulong Boot, ulong Sequence)? delivered;

    public bool IsOnline { get; private set; }

    /// <summary>Takes in a presence.</summary>
    public void Hear(Wire.Presence presence)
    {
        lock (gate) (IsOnline, configuration) = (presence.State == Wire.Presence.Types.State.Online, presence.Configuration);
    }

    /// <summary>The street second of a frame, or why it is not taken.</summary>
    public bool TryHear(Wire.Frame frame, out long second, out Refusal? refusal)
    {
        lock (gate) return count.TryTake(frame, out second, out refusal);
    }

    /// <summary>Whether a frame is the last that was delivered: a street that misses the answer sends it again.</summary>
    public bool HasDelivered(Wire.Frame frame)
    {
        lock (gate) return delivered == (frame.Boot, frame.Sequence);
    }

    /// <summary>Somebody has been given a frame.</summary>
    public void Delivered(Wire.Frame frame)
    {
        lock (gate) delivered = (frame.Boot, frame.Sequence);
    }

    /// <summary>The order that carries a plan to the controller.</summary>
    /// <returns>Null while nothing may be sent: it has not been heard, or has another configuration.</returns>
    public Wire.Plan? Order(PhasePlan plan)
    {
        lock (gate)
        {
            return configuration == credentials.Configuration && count.SequenceOf(plan.BasedOnSecond) is { } sequence
                ? PlanWriter.Write(plan, count.Boot, sequence, credentials.Configuration)
                : null;
        }
    }
}
