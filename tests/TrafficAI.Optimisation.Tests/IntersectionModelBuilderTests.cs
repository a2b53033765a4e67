using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

public sealed class IntersectionModelBuilderTests
{
    private static readonly IntersectionModel Model = FourArm.Model;

    [Fact]
    public void There_is_one_movement_for_each_signalised_connection_of_vehicles()
    {
        Assert.Equal(Enumerable.Range(0, 14), Model.Movements.Select(m => m.Link).Order());
        Assert.All(Model.Movements, m => Assert.Contains(m.Index, Model.Lanes[m.StopLane].Movements));
        Assert.All(Model.Movements, m => Assert.Contains(m.Link, Model.Signals.Groups[m.Group].Links));
    }

    [Fact]
    public void Rights_are_the_letters_of_the_phases()
    {
        Assert.Equal(Right.Protected, Model.RightOf(new(1), OfLink(4).Index));
        Assert.Equal(Right.Yielding, Model.RightOf(new(1), OfLink(3).Index));
        Assert.Equal(Right.None, Model.RightOf(new(1), OfLink(6).Index));
        Assert.Equal(Right.Protected, Model.RightOf(new(2), OfLink(6).Index));
    }

    [Fact]
    public void A_movement_yields_to_the_vehicles_of_its_row_of_the_right_of_way()
    {
        Assert.Equal([4, 5], OfLink(0).YieldsTo.Select(m => Model.Movements[m].Link).Order());
        Assert.True(OfLink(0).WaitsInside);
        Assert.False(OfLink(4).WaitsInside);
        Assert.Equal(TurnDirection.Right, OfLink(0).Direction);
        Assert.True(OfLink(6).LengthInsideMetres > OfLink(3).LengthInsideMetres);
    }

    [Fact]
    public void Detectors_are_found_by_what_they_serve()
    {
        var detectors = Model.Intersection.Detectors;
        foreach (var lane in Model.Lanes)
        {
            Assert.Equal((DetectorKind.Stop, lane.Index), (detectors[lane.StopDetector].Kind, detectors[lane.StopDetector].StopLane));
            Assert.Equal((DetectorKind.Advance, lane.Index), (detectors[lane.AdvanceDetector].Kind, detectors[lane.AdvanceDetector].StopLane));
            Assert.InRange(lane.AdvanceDistanceMetres, 40, 50);
        }

        Assert.All(Model.ExitDetectors.Zip(Model.Intersection.ExitLanes), e => Assert.Equal(e.Second, detectors[e.First].Lane));
    }

    [Fact]
    public void Crossings_are_groups_for_pedestrians()
    {
        Assert.Equal([14, 15, 16, 17], Model.UnseenGroups.SelectMany(g => Model.Signals.Groups[g].Links).Order());
    }

    [Fact]
    public void A_vehicle_upstream_of_a_fork_is_taken_for_one_stop_lane_and_stays_there()
    {
        var fork = Model.Intersection.ObservedLanes.First(o => o.StopLanes.Length > 1);
        var estimator = new Estimator(Model);
        var lanes = new List<int>();
        for (var s = 0; s < 5; s++)
        {
            var seen = new TrackedObject((ushort)fork.Index, (ushort)(1500 - 100 * s), 100, ObjectClass.Car, 4711);
            var picture = estimator.Observe(Scenes.Frame(Model, SignalDecider.Start(Model.Signals, 99 + s), Scenes.Seen(Model, seen)));
            lanes.Add(picture.Lanes.Select((l, i) => (l, i)).Single(x => x.l.Vehicles.Length == 1).i);
        }

        Assert.Single(lanes.Distinct());
        Assert.Contains(lanes[0], fork.StopLanes);
    }

    private static Movement OfLink(int link) => Model.Movements.Single(m => m.Link == link);
}
