namespace TrafficAI.Simulation.Tests;

public sealed class SavedStateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(137)]
    [InlineData(420)]
    public void A_street_goes_on_from_a_saved_state_as_if_nothing_had_happened(int second)
    {
        var made = RandomStreet.Grid(4, 2);
        var first = new Street(made.Network, made.Demand, new(3));
        Drive(first, second);
        var saved = first.Save();
        Drive(first, 200);
        var again = new Street(made.Network, made.Demand, new(3));
        again.Restore(saved);
        Drive(again, 200);
        Assert.Equal(first.StateHash(), again.StateHash());
        Assert.Equal(first.Arrived, again.Arrived);
        for (var vehicle = 0; vehicle < made.Demand.Vehicles.Length; vehicle++) Assert.Equal(first.Trip(vehicle), again.Trip(vehicle));
    }

    [Fact]
    public void A_street_goes_back_to_a_saved_state()
    {
        var made = RandomStreet.Grid(4, 2);
        var street = new Street(made.Network, made.Demand, new(3));
        Drive(street, 100);
        var saved = street.Save();
        Drive(street, 150);
        var hash = street.StateHash();
        street.Restore(saved);
        Drive(street, 150);
        Assert.Equal(hash, street.StateHash());
    }

    [Fact]
    public void A_state_of_another_street_is_refused()
    {
        var made = RandomStreet.Grid(3, 1);
        var other = RandomStreet.Grid(4, 1);
        var saved = new Street(made.Network, made.Demand, new()).Save();
        var street = new Street(other.Network, other.Demand, new());
        Assert.Contains("another street", Assert.Throws<ArgumentException>(() => street.Restore(saved)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_state_is_refused()
    {
        var made = RandomStreet.Grid(3, 1);
        var street = new Street(made.Network, made.Demand, new());
        var saved = street.Save();
        Assert.Contains("too early", Assert.Throws<ArgumentException>(() => street.Restore(saved.AsSpan(0, saved.Length / 2))).Message, StringComparison.Ordinal);
    }

    private static void Drive(Street street, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            street.SetProgramLights();
            street.Step();
        }
    }
}
