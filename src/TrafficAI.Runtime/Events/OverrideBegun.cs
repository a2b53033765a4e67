using System.Text.Json.Serialization;
using TrafficAI.Optimisation.Operation;

namespace TrafficAI.Runtime.Events;

/// <summary>An operator departs from what is recommended.</summary>
/// <param name="Input">Revision of the order.</param>
/// <param name="Act">hold, plan or flash.</param>
/// <param name="Until">The first street second at which it no longer counts.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="Reason">In the operator's own words.</param>
public sealed record OverrideBegun(long Second, long Input, string Act, long Until, string By, string Reason)
{
    /// <summary>The phase that is held; null for another act.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Phase { get; init; }

    public static OverrideBegun Of(long second, long revision, OperatorOrder order) =>
        new(second, revision, OperatorCodec.NameOf(order.Act), order.Until, order.By, order.Reason) { Phase = order.Phase?.ToString() };
}
