namespace TrafficAI.Optimisation;

/// <summary>The strategies by name.</summary>
public static class Strategies
{
    /// <summary>All names, the default last.</summary>
    public static readonly string[] Names = ["fixed", "actuated", "max-pressure", "adaptive"];

    /// <exception cref="ArgumentException">No strategy has that name.</exception>
    public static IStrategy Create(string name, IntersectionModel model) => name switch
    {
        "fixed" => new FixedStrategy(model),
        "actuated" => new ActuatedStrategy(model),
        "max-pressure" => new MaxPressureStrategy(model),
        "adaptive" => new AdaptiveStrategy(model),
        _ => throw new ArgumentException($"no strategy '{name}'. Choose one of {string.Join(", ", Names)}.", nameof(name)),
    };
}
