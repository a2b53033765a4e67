namespace TrafficAI.Simulation.Tests;

public sealed class WorkerTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Any_number_of_workers_drives_the_same_street(int count)
    {
        var made = RandomStreet.Grid(5, 3);
        var alone = new Street(made.Network, made.Demand, new(7));
        var shared = new Street(made.Network, made.Demand, new(7, Workers: new Threads(count)));
        for (var second = 0; second < 600; second++)
        {
            Step(alone);
            Step(shared);
            Assert.Equal(alone.StateHash(), shared.StateHash());
        }

        Assert.True(alone.Arrived > 100);
    }

    [Fact]
    public void A_step_takes_no_memory()
    {
        var made = RandomStreet.Grid(4, 2);
        var street = new Street(made.Network, made.Demand, new(1));
        for (var second = 0; second < 300; second++) Step(street);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var second = 0; second < 60; second++) street.Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(street.Running > 50);
    }

    [Fact]
    public void Another_seed_drives_another_street()
    {
        var made = RandomStreet.Grid(3, 1);
        var (one, other) = (new Street(made.Network, made.Demand, new(1)), new Street(made.Network, made.Demand, new(2)));
        for (var second = 0; second < 60; second++)
        {
            Step(one);
            Step(other);
        }

        Assert.NotEqual(one.StateHash(), other.StateHash());
    }

    private static void Step(Street street)
    {
        street.SetProgramLights();
        street.Step();
    }
}
