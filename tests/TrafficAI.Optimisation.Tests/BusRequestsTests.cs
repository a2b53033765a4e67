using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Network;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Buses that ask for priority: their waiting counts for more.</summary>
public sealed class BusRequestsTests
{
    private static readonly IntersectionModel Crossing = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    private readonly PriorityRequests requests = new(Crossing);
    private long second = 100;

    [Theory]
    [InlineData(13, 120, 10)]
    [InlineData(13, 60, 5)]
    [InlineData(13, 240, VehicleWeight.Most)] // twice as much at most, and no more than any
    [InlineData(4, 3600, 8 / VehicleWeight.PersonsInACar)]
    [InlineData(500, 120, VehicleWeight.Most)]
    [InlineData(0, 120, 1)]
    [InlineData(13, -30, 1)]
    [InlineData(13, 0, 1)]
    [InlineData(13, null, 10)] // nobody says how late: by its persons
    [InlineData(null, 60, VehicleWeight.UsualPersons / VehicleWeight.PersonsInACar / 2)]
    public void A_bus_counts_by_its_persons_and_by_how_late_it_is(int? persons, int? late, double weight) =>
        Assert.Equal(Math.Min(weight, VehicleWeight.Most), VehicleWeight.Of(persons, late), 9);

    [Fact]
    public void No_vehicle_counts_for_less_than_a_car_or_for_more_than_the_most() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(ushort Persons, short Late)>(), vehicle =>
            VehicleWeight.Of(vehicle.Persons, vehicle.Late) is >= 1 and <= VehicleWeight.Most
            && VehicleWeight.Of(vehicle.Persons + 1, vehicle.Late) >= VehicleWeight.Of(vehicle.Persons, vehicle.Late)
            && VehicleWeight.Of(vehicle.Persons, vehicle.Late + 1) >= VehicleWeight.Of(vehicle.Persons, vehicle.Late)).QuickCheckThrowOnFailure();

    /// <summary>The street of <see cref="BusWeightTests"/>: ten cars come where it is green, one vehicle stands where it is red.</summary>
    [Theory]
    [InlineData(ObjectClass.Bus, null, 1)]
    [InlineData(ObjectClass.Bus, 10.0, 2)]
    [InlineData(ObjectClass.Car, 10.0, 2)] // nobody sees which vehicle it is, as with loops
    public void Who_asked_is_not_kept_waiting_for_a_stream_of_cars(ObjectClass waiting, double? weight, int wanted)
    {
        ApproachingVehicle[] cars = [.. Enumerable.Range(1, 10).Select(i => Moving(2 * i))];
        var situation = new Situation(Picture(Crossing, cars, [Standing(0) with { Class = waiting }]), Showing(Crossing, 1))
        {
            Asked = weight is { } counts ? [new(Ask(1, 0) with { ArrivesAt = 0 }, counts)] : [],
        };
        Assert.Equal(new PhaseId(wanted), Strategies.Create("adaptive", Crossing).Propose(situation).Wanted);
    }

    [Fact]
    public void It_is_told_what_it_counts_and_counts_until_its_group_was_green_and_it_is_out_of_sight()
    {
        requests.Hear(Ask(1, 5));
        Assert.Equal(10, Assert.Single(Weigh(1, 20, true)).Weight, 9);
        Assert.Equal(["1 Queued it runs", "1 Activated its waiting counts as that of 10.0 cars"], Told());
        for (var s = 1; s < 30; s++) Assert.Single(Weigh(2, s, true));
        Assert.Empty(Weigh(2, 30, false));
        Assert.Equal(["1 Completed its group was green when it came"], Told());
    }

    [Fact]
    public void What_is_far_away_does_not_count_yet_and_what_is_early_by_now_is_rejected()
    {
        requests.Hear(Ask(1, 200));
        Assert.Empty(Weigh(1, 20, false));
        requests.Hear(Ask(1, 10));
        Assert.Single(Weigh(1, 20, false));
        requests.Hear(Ask(1, 10) with { LateSeconds = -10 });
        Assert.Empty(Weigh(1, 20, false));
        Assert.Equal("1 Rejected it is not late", Told()[^1]);
    }

    [Fact]
    public void Buses_of_one_group_count_for_no_more_than_half_of_the_time()
    {
        var (counted, seconds) = (0, 20 * WeighedRequestsSeconds);
        for (var s = 0; s < seconds; s++)
        {
            requests.Hear(Ask((uint)(s / 50) + 1, 50));
            counted += Weigh(1, 20, true).Count > 0 ? 1 : 0;
            requests.Answers(second);
        }

        Assert.InRange(counted, seconds / 3, (seconds / 2) + WeighedRequestsSeconds);
    }

    [Fact]
    public void A_strategy_that_weighs_no_vehicles_says_so()
    {
        var optimiser = new IntersectionOptimiser(Crossing, new DecisionOptions("fixed", 0));
        optimiser.Hear(Ask(1, 5));
        Assert.Equal(PriorityRefusal.NotWeighed, Assert.Single(optimiser.Answers(second)).Refusal);
    }

    /// <summary>Any buses at any time: a controller that obeys never breaks a rule of the monitor, and everybody gets green.</summary>
    [Fact]
    public void Requests_break_no_safety_rule()
    {
        var model = FourArm.Build(ControlClass.S);
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Group, byte Persons, short Late, byte Seconds)[]>(), asked =>
        {
            var optimiser = new IntersectionOptimiser(model, new DecisionOptions("adaptive", 0));
            var controller = new VirtualController(model.Signals, 0);
            var monitor = new ConflictMonitor(model.Signals);
            var (at, number) = (0L, 0u);
            foreach (var (group, persons, late, seconds) in asked)
            {
                optimiser.Hear(new(1, ++number, group % (model.Signals.Groups.Length + 1), ObjectClass.Bus, at + 10, false) { Persons = persons, LateSeconds = late });
                for (var s = 0; s <= seconds % 64; s++, at++)
                {
                    var decision = optimiser.Decide(new(model.Signals.Id, at, controller.Mode, controller.State, Seen(model)), at)!;
                    optimiser.Answers(at);
                    controller.Accept(decision.ToPlan());
                    controller.Step();
                    if (decision.Failure is not null || controller.Violation is not null || monitor.Observe(controller.Second, controller.Lamps) is not null) return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private const int WeighedRequestsSeconds = 120;

    private PriorityRequest Ask(uint number, int arrivesIn) => new(9, number, 1, ObjectClass.Bus, second + arrivesIn, false) { Persons = 13, LateSeconds = 120 };

    private List<AskedVehicle> Weigh(int running, int elapsed, bool inSight)
    {
        ApproachingVehicle[] seen = inSight ? [Standing(0) with { Class = ObjectClass.Bus }] : [];
        return requests.Weigh(new Situation(Picture(Crossing, [], seen), Showing(Crossing, running, elapsed, second++ - 1)));
    }

    private List<string> Told() => [.. requests.Answers(second).Select(answer => $"{answer.Number} {answer.Progress} {answer.Reason}")];
}
