using System.Globalization;

namespace TrafficAI.Simulation.Tests;

/// <summary>Made-up networks: whatever they look like, what must hold holds after every step. The environment variable
/// <c>TRAFFICAI_RANDOM_NETWORKS</c> says how many; 60 without it.</summary>
public sealed class RandomNetworkTests
{
    private const int MostSeconds = 3600;

    [Fact]
    public void Nobody_overlaps_runs_a_red_gets_lost_or_stands_for_ever()
    {
        var asked = Environment.GetEnvironmentVariable("TRAFFICAI_RANDOM_NETWORKS");
        var count = asked is null ? 60 : int.Parse(asked, CultureInfo.InvariantCulture);
        for (var number = 1; number <= count; number++) Drive(number);
    }

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
