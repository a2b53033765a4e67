namespace TrafficAI.Dashboard.Tests;

/// <summary>The views, each with a text of its own that says that it is there.</summary>
internal static class Views
{
    public static readonly (string Route, string Sign)[] All =
    [
        ("city", "city.worst"), ("corridor", "corridor.outbound"), ("intersection/FX-001", "ahead.title"), ("replay", "training.title"), ("reports", "reports.coverage"),
        ("reports/method", "method.title"), ("health", "health.connections"), ("nowhere", "state.no-view"),
    ];
}
