namespace TrafficAI.Signals.Tests;

public class VirtualControllerTests
{
    [Fact]
    public void Without_a_plan_it_runs_the_local_one()
    {
        var controller = new VirtualController(Streets.Two(), 100);
        Assert.Equal((99L, ControlMode.Local), (controller.State.Second, controller.Mode));
        controller.Step();
        Assert.Equal((100L, "rG"), (controller.State.Second, controller.Letters));
    }

    [Fact]
    public void It_obeys_a_plan_until_the_lease_is_over()
    {
        var controller = new VirtualController(Streets.Two(), 0);
        Assert.Equal(PlanReply.Accepted, controller.Accept(Plan(0, 1, 1, 50, (1, 0), (2, 45))));
        var modes = new List<ControlMode>();
        var changes = new List<(long, string)>();
        for (var second = 0; second < 70; second++)
        {
            var before = controller.Letters;
            controller.Step();
            modes.Add(controller.Mode);
            if (controller.Letters != before) changes.Add((second, controller.Letters));
        }

        Assert.Equal([(0, "Gr"), (45, "yr"), (48, "rr"), (50, "rG"), (55, "ry"), (58, "rr"), (60, "Gr")], changes);
        Assert.Equal(50, modes.Count(m => m == ControlMode.Plan));
        Assert.Equal(ControlMode.Local, modes[50]);
    }

    [Fact]
    public void Before_the_first_entry_the_phase_is_kept()
    {
        var controller = new VirtualController(Streets.Two(), 20);
        controller.Accept(Plan(20, 1, 1, 30, (2, 45)));
        for (var second = 20; second < 45; second++) controller.Step();
        Assert.Equal("Gr", controller.Letters);
        controller.Step();
        Assert.Equal("yr", controller.Letters);
    }

    [Fact]
    public void It_answers_each_plan()
    {
        var controller = new VirtualController(Streets.Two(), 100);
        var first = Plan(100, 2, 5, 30, (1, 100));
        Assert.Equal(PlanReply.Accepted, controller.Accept(first));
        Assert.Equal(PlanReply.Accepted, controller.Accept(Plan(100, 2, 5, 30, (1, 100))));
        Assert.Equal(PlanReply.Stale, controller.Accept(Plan(100, 2, 5, 30, (2, 100))));
        Assert.Equal(PlanReply.Stale, controller.Accept(Plan(100, 2, 4, 30, (2, 100))));
        Assert.Equal(PlanReply.Stale, controller.Accept(Plan(100, 1, 9, 30, (2, 100))));
        Assert.Equal(PlanReply.Accepted, controller.Accept(Plan(100, 2, 7, 30, (2, 100))));
        Assert.Equal(PlanReply.Accepted, controller.Accept(Plan(100, 3, 1, 30, (2, 100))));
        Assert.Equal(PlanReply.LeaseExpired, controller.Accept(Plan(70, 3, 2, 30, (2, 100))));
        Assert.Equal(PlanReply.LeaseExpired, controller.Accept(Plan(100, 3, 2, 0, (2, 100))));
        Assert.Equal(PlanReply.UnknownPhase, controller.Accept(Plan(100, 3, 2, 30, (3, 100))));
        Assert.Equal(PlanReply.UnknownPhase, controller.Accept(Plan(100, 3, 2, 30)));
        Assert.Equal(PlanReply.WrongIntersection, controller.Accept(Plan(100, 3, 2, 30, (1, 100)) with { Intersection = new("K") }));
    }

    [Fact]
    public void A_plan_from_the_future_lasts_no_longer_than_its_lease()
    {
        var controller = new VirtualController(Streets.Two(), 0);
        Assert.Equal(PlanReply.Accepted, controller.Accept(Plan(long.MaxValue, 1, 1, int.MaxValue, (1, 0))));
        Assert.Equal(PlanReply.Accepted, controller.Accept(Plan(1000, 1, 2, 10, (1, 0))));
        for (var second = 0; second <= 10; second++) controller.Step();
        Assert.Equal(ControlMode.Local, controller.Mode);
    }

    [Fact]
    public void A_violation_makes_it_flash_until_a_person_releases_it()
    {
        var signals = Streets.Two();
        var wrong = signals.Interphases.SetItem(1, signals.Interphases[1] with { Seconds = [.. signals.Interphases[1].Seconds[..4]] });
        var controller = new VirtualController(signals with { Interphases = wrong }, 20);
        while (controller.Mode == ControlMode.Local && controller.State.Second < 100) controller.Step();
        Assert.Equal(
            (ControlMode.Fault, SafetyRule.ShortIntergreen, 34L),
            (controller.Mode, controller.Violation!.Rule, controller.Violation.Second));
        Assert.Equal((34L, "oo"), (controller.State.Second, controller.Letters));
        Assert.All(controller.State.Lamps, lamp => Assert.Equal(Lamp.FlashingAmber, lamp));
        Assert.Equal(PlanReply.Fault, controller.Accept(Plan(35, 1, 1, 30, (1, 0))));
        for (var i = 0; i < 100; i++) controller.Step();
        Assert.Equal((ControlMode.Fault, "oo", 134L), (controller.Mode, controller.Letters, controller.State.Second));

        controller.Release();
        Assert.Null(controller.Violation);
        var letters = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            controller.Step();
            letters.Add(controller.Letters);
        }

        Assert.Equal(["yy", "yy", "yy", "rr", "rr", "rr", "rr", "rr", "rG"], letters);
        Assert.Equal((ControlMode.Local, new PhaseId(2)), (controller.Mode, controller.State.Phase));
        Assert.Null(controller.Violation);
    }

    [Fact]
    public void In_a_fault_pedestrians_are_dark()
    {
        var signals = Streets.MainRoad();
        var controller = new VirtualController(signals with { Conflicts = signals.Conflicts.SetItem(2, Conflict.Full) }, 10);
        controller.Step();
        Assert.Equal(("ooooO", SafetyRule.ConflictingGreen), (controller.Letters, controller.Violation!.Rule));
    }

    private static PhasePlan Plan(long based, long epoch, long sequence, int lease, params (int Phase, long Planned)[] entries) => new(
        new("J"), based, 0, epoch, sequence, lease, based, 1, [.. entries.Select(e => new PlanEntry(new(e.Phase), e.Planned, e.Planned, e.Planned))]);
}
