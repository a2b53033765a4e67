using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>A weighted choice between alternatives: SUMO's distributions of types and of routes.</summary>
/// <param name="alternatives">At least one; weights are 0 or more, with a positive sum.</param>
internal sealed class Distribution<T>(IReadOnlyList<(T Value, double Weight)> alternatives)
{
    private readonly double sum = alternatives.Sum(alternative => alternative.Weight);

    public IEnumerable<(T Value, double Weight)> Alternatives => alternatives;

    public T Draw(SplitMix64 chance)
    {
        var left = chance.NextUnit() * sum;
        foreach (var (value, weight) in alternatives)
        {
            if (left < weight)
                return value;
            left -= weight;
        }
        return alternatives[^1].Value;
    }

    public static Distribution<T> Of(DemandElement owner, IReadOnlyList<(T Value, double Weight)> alternatives) =>
        alternatives.Sum(alternative => alternative.Weight) > 0
            ? new(alternatives)
            : throw owner.Error("has no alternative of a probability above 0", "Give it one");
}
