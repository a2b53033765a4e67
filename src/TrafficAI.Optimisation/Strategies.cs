using TrafficAI.Optimisation.Plans;

namespace TrafficAI.Optimisation;

/// <summary>The strategies by name.</summary>
public static class Strategies
{
    /// <summary>All names, the default last.</summary>
    public static readonly string[] Names = ["fixed", "webster", "tuc", "actuated", "actuated-tuned", "max-pressure", "adaptive"];

    /// <summary>Whether a strategy runs what was computed from counts, <see cref="IntersectionModel.Plans"/>.</summary>
    public static bool NeedsPlans(string name) => name is "webster" or "tuc" or "actuated-tuned";

    /// <summary>Whether a strategy may fall back to what was computed from counts, when too little is seen.</summary>
    public static bool MayUsePlans(string name) => NeedsPlans(name) || name == "adaptive";

    /// <param name="busWeight">As <see cref="DecisionOptions.BusWeight"/>.</param>
    /// <param name="without">As <see cref="DecisionOptions.Without"/>.</param>
    /// <exception cref="ArgumentException">No strategy has that name, or it needs plans that the model lacks.</exception>
    public static IStrategy Create(string name, IntersectionModel model, double busWeight = 1, AdaptiveParts without = AdaptiveParts.None) => name switch
    {
        "fixed" => new FixedStrategy(model),
        "webster" => new FixedStrategy(model, PlansFor(name, model)),
        "tuc" => new TucStrategy(model, PlansFor(name, model)),
        "actuated" => new ActuatedStrategy(model),
        "actuated-tuned" => new ActuatedStrategy(model, PlansFor(name, model)),
        "max-pressure" => new MaxPressureStrategy(model),
        "adaptive" => new AdaptiveStrategy(model, busWeight, without),
        _ => throw new ArgumentException($"no strategy '{name}'. Choose one of {string.Join(", ", Names)}.", nameof(name)),
    };

    private static DayPlans PlansFor(string name, IntersectionModel model) =>
        model.Plans ?? throw new ArgumentException($"strategy '{name}' needs plans computed from counts, and intersection '{model.Signals.Id}' has none.", nameof(model));
}
