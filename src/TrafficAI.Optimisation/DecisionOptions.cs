using System.Text.Json.Serialization;
using TrafficAI.Optimisation.Metering;

namespace TrafficAI.Optimisation;

/// <summary>How decisions of a run are made; recorded with the run.</summary>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="LatencySeconds">A plan made on frame t acts from t + this; 0 or more.</param>
/// <param name="LeaseSeconds">A controller obeys a plan for so long; more than the latency.</param>
/// <param name="Epoch">Number of this start of the server.</param>
/// <param name="BusWeight">What a bus counts where waiting is weighed, in cars; 1 to 100. Only full sensing knows buses, only <c>adaptive</c> weighs them.
/// The run header writes it, and only where it is not 1.</param>
/// <param name="Without">Parts of <c>adaptive</c> that are left out. The run header writes them, and only where there are any.</param>
/// <param name="LearnedEverySeconds">What has been learned is recorded whenever a multiple of it has been passed; 0 for never. The run header writes it where
/// it is not 0: older logs have none.</param>
/// <param name="Metering">How those who enter an oversaturated region are metered; null for not at all. Only <c>adaptive</c> and <c>max-pressure</c> hold anybody. The run
/// header writes it, and only where there is any.</param>
public sealed record DecisionOptions(
    string Strategy, int LatencySeconds, int LeaseSeconds = 30, long Epoch = 1, [property: JsonIgnore] double BusWeight = 1, [property: JsonIgnore] AdaptiveParts Without = AdaptiveParts.None,
    [property: JsonIgnore] int LearnedEverySeconds = 0, [property: JsonIgnore] MeteringOptions? Metering = null)
{
    /// <summary>What is usual for <see cref="LearnedEverySeconds"/>.</summary>
    public const int Hourly = 3600;
}
