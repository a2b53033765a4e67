using TrafficAI.Network;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Model;

namespace TrafficAI.Simulation.Tests;

public sealed class CarFollowingTests
{
    private static readonly VehicleType Car = new(
        "car", VehicleClasses.Passenger, 5, 2.5, 2.6, 4.5, 9, 4.5, 1, 0.5, 55, double.PositiveInfinity, new(1, 0.1, 0.2, 2), 0, LaneChanging.Default, JunctionManners.Default(0.5));

    private static readonly Kind Passenger = Kind.Of(Car, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Who_brakes_when_told_stands_before_the_obstacle(double dt)
    {
        var chance = new SplitMix64(1);
        for (var i = 0; i < 2000; i++)
        {
            var gap = chance.NextUnit() * 200;
            var speed = CarFollowing.StopWithin(gap, Passenger.Deceleration, dt, dt);
            for (var left = gap; speed > 1e-4; speed = Math.Max(0, Math.Min(speed, CarFollowing.StopWithin(left, Passenger.Deceleration, dt, dt))))
            {
                left -= speed * dt;
                Assert.True(left >= -1e-9, $"gap {gap}: {-left} m too far");
                var next = CarFollowing.StopWithin(left, Passenger.Deceleration, dt, dt);
                Assert.True(speed - next <= Passenger.Deceleration * dt + 1e-6, $"gap {gap}: brakes by {speed - next} m/s");
            }
        }
    }

    [Fact]
    public void A_follower_never_hits_a_leader_who_brakes_at_once()
    {
        var chance = new SplitMix64(2);
        for (var i = 0; i < 2000; i++)
        {
            var (leader, follower, gap) = (chance.NextUnit() * 20, chance.NextUnit() * 20, 0.0);
            gap = CarFollowing.SecureGap(Passenger, follower, leader, Passenger.Deceleration, 1) + chance.NextUnit() * 30;
            for (var second = 0; second < 40; second++)
            {
                follower = CarFollowing.FollowSpeed(Passenger, follower, gap, leader, Passenger.ApparentDeceleration, 1);
                leader = Math.Max(0, leader - Passenger.Deceleration);
                gap += leader - follower;
                Assert.True(gap >= -1e-6, $"case {i}, second {second}: overlaps by {-gap} m");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Cheap_bounds_lie_on_either_side_of_the_exact_way(double dt)
    {
        var kind = Kind.Of(Car, dt);
        for (var speed = 0.0; speed < 60; speed += 0.013)
        {
            var exact = CarFollowing.BrakeGap(speed, kind.Deceleration, kind.Tau, dt) + CarFollowing.Margin;
            Assert.InRange(CarFollowing.AmpleGap(kind, speed, kind.FollowHeadway), exact - 1e-9, exact + 0.125 * kind.Deceleration * dt * dt + 1e-9);
            Assert.InRange(CarFollowing.LeastBraking(kind, speed, kind.Deceleration, dt), 0, CarFollowing.BrakeGap(speed, kind.Deceleration, 0, dt) + 1e-9);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void What_cheap_bounds_spare_changes_no_bit(double dt)
    {
        var kind = Kind.Of(Car, dt);
        var chance = new SplitMix64(3);
        for (var i = 0; i < 20_000; i++)
        {
            var (speed, ahead, gap, factor) = (chance.NextUnit() * 25, chance.NextUnit() * 25, chance.NextUnit() * 90, 0.5 + chance.NextUnit());
            var fastest = CarFollowing.Fastest(kind, speed);
            var braking = CarFollowing.BrakeGap(ahead, kind.Deceleration, 0, dt);
            var safe = CarFollowing.StopWithin(gap + braking, kind.Deceleration, kind.Tau, dt);
            if (safe >= speed) Assert.Equal(Math.Min(safe, fastest), CarFollowing.FollowSpeed(kind, speed, gap, ahead, kind.Deceleration, dt));
            var stop = CarFollowing.StopWithin(gap, kind.Deceleration, dt, dt);
            Assert.Equal(Math.Min(stop, fastest), CarFollowing.StopSpeed(kind, speed, gap, dt));
            var secure = CarFollowing.SecureGap(kind, speed, ahead, kind.Deceleration, dt);
            Assert.Equal(gap >= secure * factor, CarFollowing.IsSecure(kind, gap, speed, ahead, kind.Deceleration, factor, dt));
        }
    }

    [Theory]
    [InlineData(4.5, 1, 1)]
    [InlineData(4.5, 0.5, 0.5)]
    [InlineData(4, 1.6, 1)]
    [InlineData(0.1, 0.3, 0.5)]
    [InlineData(7.3, 0, 1)]
    public void What_is_looked_up_of_a_braking_is_to_the_bit_what_is_computed(double deceleration, double headway, double dt)
    {
        var table = new BrakingTable(deceleration, headway, dt);
        var chance = new SplitMix64(4);
        void Check(double gap) => Assert.Equal(CarFollowing.StopWithin(gap, deceleration, headway, dt), table.SpeedWithin(gap));
        for (var i = 0; i < 20_000; i++) Check(chance.NextUnit() * 300 - 1);
        for (var steps = 0; steps < 12; steps++)
        {
            var least = 0.5 * steps * (steps - 1) * deceleration * dt * dt + steps * deceleration * dt * headway + CarFollowing.Tiny;
            for (var i = 0; i < 2000; i++) Check(least + (chance.NextUnit() - 0.5) * 4e-6);
            Check(least);
        }

        Check(1e9);
    }

    [Fact]
    public void Each_letter_is_in_the_sets_of_its_meaning()
    {
        foreach (var letter in "rugGyYsoOMm-=wZtT")
        {
            Assert.Equal(letter is 'r' or 'u', Letters.Are(letter, Letters.Red));
            Assert.Equal(letter is 'y' or 'Y', Letters.Are(letter, Letters.Amber));
            Assert.Equal(letter is 'g' or 'G', Letters.Are(letter, Letters.Green));
            Assert.Equal(char.IsAsciiLetterUpper(letter), Letters.Are(letter, Letters.Priority));
            Assert.Equal(char.IsAsciiLetterUpper(letter) && letter != 'Z', Letters.Are(letter, Letters.PlainlyOpen));
        }
    }

    [Fact]
    public void Chance_depends_on_nothing_but_what_it_is_given()
    {
        var (one, same, other) = (new Chance(5), new Chance(5), new Chance(6));
        var sum = 0.0;
        var squares = 0.0;
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(one.Unit(i, 3, Chance.Purpose.Dawdle), same.Unit(i, 3, Chance.Purpose.Dawdle));
            Assert.NotEqual(one.Unit(i, 3, Chance.Purpose.Dawdle), other.Unit(i, 3, Chance.Purpose.Dawdle));
            var normal = one.Normal(i, 0, Chance.Purpose.SpeedFactor);
            (sum, squares) = (sum + normal, squares + normal * normal);
        }

        Assert.InRange(sum / 10_000, -0.05, 0.05);
        Assert.InRange(squares / 10_000, 0.95, 1.05);
    }
}
