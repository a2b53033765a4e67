using System.Text;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>What fuzzing found in the events of a log; each was a crash or a hang.</summary>
public sealed class DamagedEventTests
{
    private static readonly IntersectionModel Model = ScriptedStreet.FourArm.Models[0];

    [Fact]
    public void A_frame_of_an_unknown_mode_is_refused_by_name_and_has_a_name_to_show()
    {
        var fold = new IntersectionFold(Model, new DecisionOptions("fixed", 0));
        var step = fold.Apply(new IntersectionInput.FrameCame(Frame(600) with { Mode = (ControlMode)70 }), 0);
        Assert.Contains("its mode is unknown", Encoding.UTF8.GetString(Assert.Single(step.Events).Payload.Span), StringComparison.Ordinal);
        Assert.Equal((1, "?"), (fold.Refused, LampLetters.Of((ControlMode)70)));
    }

    [Fact]
    public void A_lamp_that_does_not_exist_has_a_letter_to_show() => Assert.Equal("R?", LampLetters.Of([Lamp.Red, (Lamp)15]));

    [Theory]
    [InlineData(100_000_000)]
    [InlineData(long.MaxValue)]
    public void A_missed_frame_of_a_far_second_ends_belief_and_does_not_look_ahead_for_ever(long second)
    {
        var fold = new IntersectionFold(Model, new DecisionOptions("adaptive", 1));
        Assert.NotNull(fold.Apply(new IntersectionInput.FrameCame(Frame(0)), 0).Decision);
        Assert.Null(fold.Apply(new IntersectionInput.FrameMissed(second), 1).Decision);
    }

    [Fact]
    public void An_hour_without_a_frame_is_bridged_and_a_frame_restores_belief()
    {
        var optimiser = new IntersectionOptimiser(Model, new DecisionOptions("fixed", 0));
        Assert.NotNull(optimiser.Decide(Frame(600), 0));
        Assert.NotNull(optimiser.DecideBlind(599 + IntersectionOptimiser.LongestGapSeconds, 1));
        Assert.Null(optimiser.DecideBlind(2 * (600 + IntersectionOptimiser.LongestGapSeconds), 2));
        Assert.NotNull(optimiser.Decide(Frame(20_000), 3));
    }

    [Theory]
    [InlineData("\"latencySeconds\":1", "\"latencySeconds\":2000000000", "a latency of 2000000000 s")]
    [InlineData("\"leaseSeconds\":30", "\"leaseSeconds\":-1", "a lease of -1 s")]
    [InlineData("\"adaptive\"", "\"clever\"", "which this build does not know")]
    [InlineData("\"Site\"", "77", "cannot be read")]
    [InlineData("\"four-arm\"", "null", "cannot be read")]
    [InlineData("{", "q\n{", "cannot be read")]
    public void A_header_that_no_run_can_have_is_refused_in_one_line(string good, string bad, string what)
    {
        var header = new RunHeader("0", "four-arm", "sumo", "adaptive", ControlClass.Site, Sensing.Full, 1, 30, 1, 1, 1, "", 0, 60, "net.xml");
        var text = Encoding.UTF8.GetString(header.Encode().Span);
        Assert.Equal(header, RunHeader.Decode(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(good, text, StringComparison.Ordinal);
        var message = Assert.Throws<RecordException>(() => RunHeader.Decode(Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)))).Message;
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("""{"second":1,"streams":[{"name":null,"last":1,"sha256":"00"}]}""")]
    [InlineData("{\"second\":1,\"streams\":[{\"name\":\"\\ud800\",\"last\":1,\"sha256\":\"00\"}]}")]
    [InlineData("q\n{}")]
    public void An_end_that_cannot_be_is_refused_in_one_line(string text) =>
        Assert.DoesNotContain('\n', Assert.Throws<RecordException>(() => RunEnded.Decode(Encoding.UTF8.GetBytes(text))).Message);

    private static Frame Frame(long second)
    {
        var controller = new VirtualController(Model.Signals, second);
        return new(Model.Signals.Id, second, controller.Mode, controller.State, DetectorReadings.Nothing(Sensing.Full, Model.Intersection.Detectors.Length));
    }
}
