using System.Text.Json.Serialization;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>An order of an operator as recorded: JSON.</summary>
public static class OperatorCodec
{
    /// <summary>The event type under which an order is recorded.</summary>
    public const string EventType = "operator-acted.v1";

    public static ReadOnlyMemory<byte> Encode(IntersectionInput.OperatorActed acted)
    {
        var order = acted.Order;
        return EventJson.Encode(new Recorded(acted.Second, NameOf(order.Act), order.Until, order.By, order.Reason) { Phase = order.Phase?.ToString() });
    }

    /// <exception cref="RecordException">The bytes are no order.</exception>
    public static IntersectionInput.OperatorActed Decode(ReadOnlyMemory<byte> bytes)
    {
        var read = EventJson.Decode<Recorded>(bytes);
        var act = ActOf(read.Act) ?? throw new RecordException($"an operator's order has the unknown act '{read.Act}'. Check the log with 'trafficai check'.");
        PhaseId? phase = null;
        if (read.Phase is { } name)
        {
            if (!PhaseId.TryParse(name, out var known)) throw new RecordException($"an operator's order names the phase '{name}', which is none. Check the log with 'trafficai check'.");
            phase = known;
        }

        return new(read.Second, new(act, phase, read.Until, read.By, read.Reason));
    }

    /// <summary>As it stands in events: hold, plan, flash or release.</summary>
    public static string NameOf(OperatorAct act) => act switch
    {
        OperatorAct.Hold => "hold",
        OperatorAct.Plan => "plan",
        OperatorAct.Flash => "flash",
        _ => "release",
    };

    /// <summary>The act of that name; null for none.</summary>
    public static OperatorAct? ActOf(string name) => Enum.GetValues<OperatorAct>().Where(act => NameOf(act) == name).Select(act => (OperatorAct?)act).FirstOrDefault();

    private sealed record Recorded(long Second, string Act, long Until, string By, string Reason)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Phase { get; init; }
    }
}
