using System.Globalization;

namespace TrafficAI.Simulation.Tests;

/// <summary>Made-up networks: whatever they look like, what must hold holds after every step. The environment variable
/// <c>TRAFFICAI_RANDOM_NETWORKS</c> says how many, or which: <c>504-504</c>; 60 without it.</summary>
public sealed class RandomNetworkTests
{
    private const int MostSeconds = 3600;

    [Fact]
    public void Nobody_overlaps_runs_a_red_gets_lost_or_stands_for_ever()
    {
        var asked = Environment.GetEnvironmentVariable("TRAFFICAI_RANDOM_NETWORKS");
        int[] range = [.. (asked ?? "60").Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        for (var number = range.Length > 1 ? range[0] : 1; number <= range[^1]; number++) Drive(number);
    }

    /// <summary>Made-up network 504 has a junction at which a left turn is drawn into a straight way beside it.</summary>
    [Fact]
    public void Ways_that_touch_in_the_drawing_alone_are_driven_as_the_matrix_says() => Drive(504);

    private static void Drive(int number)
    {
        var made = RandomStreet.Make(number);
        var street = new Street(made.Network, made.Demand, new((ulong)number));
        var invariants = new Invariants(street, made.Demand, 0);
        while (street.Arrived < made.Demand.Vehicles.Length && street.NowSeconds < MostSeconds)
        {
            street.SetProgramLights();
            invariants.Before();
            street.Step();
            Assert.True(invariants.Complaint() is not { } wrong, $"network {number}, second {street.NowSeconds}: {invariants.Complaint()}");
        }

        if (made.HasLights)
            Assert.True(street.Arrived == made.Demand.Vehicles.Length, $"network {number}: {street.Running} vehicles stand for ever");
    }
}
