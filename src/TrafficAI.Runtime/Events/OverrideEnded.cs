using System.Text.Json.Serialization;
using TrafficAI.Optimisation.Operation;

namespace TrafficAI.Runtime.Events;

/// <summary>What is recommended counts again, or another order does.</summary>
/// <param name="Input">Revision of the input that ended it.</param>
/// <param name="Act">What had been ordered: hold, plan or flash.</param>
/// <param name="How">expired, withdrawn or replaced.</param>
public sealed record OverrideEnded(long Second, long Input, string Act, string How)
{
    /// <summary>Who ended it; null when its time was over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>Why, in the operator's own words; null when its time was over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    public static OverrideEnded Of(long second, long revision, in OverrideChange change) => new(second, revision, OperatorCodec.NameOf(change.Order.Act), change.End switch
    {
        OverrideEnd.Expired => "expired",
        OverrideEnd.Withdrawn => "withdrawn",
        _ => "replaced",
    })
    {
        By = change.EndedBy?.By,
        Reason = change.EndedBy?.Reason,
    };
}
