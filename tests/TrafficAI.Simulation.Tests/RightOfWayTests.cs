using TrafficAI.Network;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Tests.Demand;

namespace TrafficAI.Simulation.Tests;

/// <summary>Who yields lets everybody go first whom the matrix of the junction names, and nobody else.</summary>
public sealed class RightOfWayTests
{
    private const string OneTrip = "<trip id=\"a\" depart=\"0\" from=\"north_approach\" to=\"south_exit\"/>";
    private const double Soon = 1;
    private const double MuchLater = 1000;
    private long step;

    [Fact]
    public void The_four_arm_junction_is_driven_by_its_matrix() => Assert.InRange(Check(Scene.FourArm, Scene.Read(OneTrip)), 20, 1000);

    [Fact]
    public void Made_up_junctions_are_driven_by_their_matrices()
    {
        var checks = 0;
        for (var number = 1; number <= 12; number++)
        {
            var made = RandomStreet.Make(number);
            checks += Check(made.Network, made.Demand);
        }

        Assert.InRange(checks, 1000, int.MaxValue);
    }

    /// <summary>A foe that comes at 10 m/s arrives 1.5 s after one has left, at a place that takes 2 s and asks for 1 s more.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(0.2, false)]
    [InlineData(1, true)]
    public void The_impatient_expect_a_foe_to_brake(double impatience, bool isOpen)
    {
        var state = new Street(Scene.FourArm, Scene.Read(OneTrip), new()).State;
        Array.Fill(state.LinkState, 'm');
        var link = Array.FindIndex(state.Map.Links, facts => facts is { Foes.Length: > 0, WaitsInside: false, Length: > 0 });
        var foe = state.Map.Links[link].Foes[0];
        var own = new Model.RightOfWay.Passage(0, 1, 10, 10, 20 - state.Map.Links[link].Length, impatience, 4.5, 0, 1);
        var arrival = 3.5;
        state.Approaches.Begin(++step);
        state.Approaches.Add(0, Coming(foe, arrival));
        Assert.Equal(isOpen, Model.RightOfWay.IsOpen(state, link, own, ignoresRed: false));
    }

    /// <returns>How many pairs of ways of which one yields to the other.</returns>
    private int Check(RoadNetwork network, StreetDemand demand)
    {
        var state = new Street(network, demand, new()).State;
        Array.Fill(state.LinkState, 'm');
        var yielding = 0;
        foreach (var ways in network.Connections.Where(link => IsWay(network, link)).GroupBy(link => link.Junction))
        {
            var rows = network.Junctions[ways.Key].Rows;
            foreach (var own in ways.Where(way => !rows[way.Request].WaitsInside))
            {
                foreach (var other in ways.Where(other => other != own))
                {
                    var yields = rows[own.Request].Response[other.Request];
                    var pair = $"{network.Junctions[ways.Key].Id.Value}: row {own.Request} beside row {other.Request}";
                    Assert.True(IsOpen(state, own, other, Soon) == !yields, pair);
                    Assert.True(IsOpen(state, own, other, MuchLater), pair);
                    if (yields) yielding++;
                }
            }
        }

        return yielding;
    }

    private static bool IsWay(RoadNetwork network, Connection link) =>
        link.Request >= 0 && network.Edges[network.Lanes[link.FromLane].Edge].Function != EdgeFunction.Internal;

    /// <summary>Whether one may go in a second while another comes.</summary>
    private bool IsOpen(Model.StreetState state, Connection own, Connection other, double arrival)
    {
        state.Approaches.Begin(++step);
        state.Approaches.Add(0, Coming(other.Index, arrival));
        return Model.RightOfWay.IsOpen(state, own.Index, new(0, Soon, 10, 10, 5, 0, 4.5, 0, 1), ignoresRed: false);
    }

    /// <summary>A car that comes at 10 m/s, so many seconds after the step.</summary>
    private static Model.Approach Coming(int link, double arrival)
    {
        var metres = 10 * (arrival + 1);
        return new() { Vehicle = 1, Link = link, Speed = 10, LeaveLimit = 10, Factor = 1, Course = new() { Seen = metres, Speed = 10, Run = metres, RunSpeed = 10, Most = 10 } };
    }
}
