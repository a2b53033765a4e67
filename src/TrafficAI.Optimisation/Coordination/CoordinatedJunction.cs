using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>A signalised junction of a corridor as coordination sees it.</summary>
/// <param name="OutboundGreen">Per second of the common cycle, counted from the junction's offset, whether the movement along the corridor has green.</param>
/// <param name="InboundGreen">The same for the other direction; as long.</param>
/// <param name="OutboundSeconds">Travel from the first junction's stop line to this one's; 0 at the first.</param>
/// <param name="InboundSeconds">Travel from this junction's stop line of the other direction to the first junction's; 0 at the first.</param>
public sealed record CoordinatedJunction(
    ImmutableArray<bool> OutboundGreen, ImmutableArray<bool> InboundGreen, int OutboundSeconds, int InboundSeconds);
