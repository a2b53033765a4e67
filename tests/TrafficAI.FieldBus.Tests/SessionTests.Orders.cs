using TrafficAI.FieldBus.Sessions;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>What a session sends besides plans: answers to priority requests, and the time.</summary>
public sealed partial class SessionTests
{
    [Fact]
    public void A_priority_request_of_the_boot_is_told_with_its_street_second_and_answered()
    {
        Take(MessageKind.PriorityRequest, Request(12), outcome: Wire.Outcome.OtherBoot);
        Start();
        Take(MessageKind.PriorityRequest, Request(12));
        Assert.Equal(new PriorityRequest(Boot, 12, 1, ObjectClass.Bus, 518, false), Assert.Single(asked));
        var (topic, payload) = sessions.Order(Id, new PriorityAnswer(Boot, 12, PriorityProgress.Rejected, "no"))!.Value;
        var answer = Wire.PriorityAnswer.Parser.ParseFrom(Seal.Open(Vector.Key, topic, payload, out _));
        Assert.Equal((12u, Wire.PriorityState.Rejected, 5ul, 1ul), (answer.Request, answer.State, answer.Head.Epoch, answer.Head.Sequence));
        Assert.Null(sessions.Order(Id, new PriorityAnswer(Boot + 2, 12, PriorityProgress.Rejected, "no")));
        Take(MessageKind.PriorityRequest, Request(12).With(r => r.State = Wire.PriorityState.Cancelled));
        Assert.True(asked[^1].IsCancelled);
    }

    [Fact]
    public void A_priority_request_that_cannot_be_is_refused_with_a_typed_reason()
    {
        Start();
        Take(MessageKind.PriorityRequest, Request(1).With(r => r.Boot = 3), outcome: Wire.Outcome.OtherBoot);
        Take(MessageKind.PriorityRequest, Request(1).With(r => r.Sequence = 1UL << 60), outcome: Wire.Outcome.UnknownBase);
        Take(MessageKind.PriorityRequest, Request(1).With(r => r.State = Wire.PriorityState.Activated), outcome: Wire.Outcome.Malformed);
        Assert.Empty(asked);
    }

    [Fact]
    public void A_flood_of_priority_requests_is_refused()
    {
        Start();
        for (var number = 1u; number <= PriorityWatch.MostAFrame; number++) Take(MessageKind.PriorityRequest, Request(number));
        Take(MessageKind.PriorityRequest, Request(99), outcome: Wire.Outcome.NotSupported);
        Frame(11, 0);
        Take(MessageKind.PriorityRequest, Request(100));
        Assert.Equal(PriorityWatch.MostAFrame + 1, asked.Count);
    }

    [Fact]
    public void What_an_operator_orders_goes_to_a_controller_that_is_there()
    {
        Assert.Null(sessions.Order(Id, new ModeOrder(true, 600, "a fire on the corner")));
        Start();
        var off = Mode(new(true, 600, "a fire on the corner"));
        Assert.Equal((Wire.ModeRequest.Types.Wish.Off, 600u, "a fire on the corner", 5ul, 1ul), (off.Wish, off.ExpiresAfterSeconds, off.Reason, off.Head.Epoch, off.Head.Sequence));
        var on = Mode(new(false, null, "the fire is out"));
        Assert.Equal((Wire.ModeRequest.Types.Wish.On, 0u, 2ul), (on.Wish, on.ExpiresAfterSeconds, on.Head.Sequence));

        Wire.ModeRequest Mode(ModeOrder order)
        {
            var (topic, payload) = sessions.Order(Id, order)!.Value;
            Assert.Equal(MessageKind.Mode, topic.Kind);
            return Wire.ModeRequest.Parser.ParseFrom(Seal.Open(Vector.Key, topic, payload, out _));
        }
    }

    [Fact]
    public void A_clock_without_a_better_source_is_set_each_minute_until_the_controller_says_that_it_is_not_set_from_afar()
    {
        Start();
        Pass(1_000);
        Assert.Empty(sent);
        Frame(11, 0, ahead: 30_000);
        Pass(1_000);
        var order = Wire.TimeOrder.Parser.ParseFrom(Seal.Open(Vector.Key, sent[0].Topic, sent[0].Payload, out _));
        Assert.Equal((MessageKind.Time, time.GetUtcNow().ToUnixTimeMilliseconds(), 1ul), (sent[0].Topic.Kind, order.UnixMilliseconds, order.Head.Sequence));
        Pass(59_000);
        Assert.Single(sent);
        Pass(1_000);
        Assert.Equal(2, sent.Count);
        Take(MessageKind.Reply, new Wire.Reply { Boot = Boot, Sequence = 11, Kind = Wire.OrderKind.Time, Order = new() { Epoch = 5, Sequence = 2 }, Outcome = Wire.Outcome.NotSupported });
        Pass(100_000);
        Assert.Equal(2, sent.Count);
    }

    [Fact]
    public void A_clock_that_is_synchronised_is_left_alone()
    {
        Take(MessageKind.Presence, Examples.Presence());
        Take(MessageKind.Frame, Examples.LoopFrame());
        Pass(100_000);
        Assert.Empty(sent);
    }

    private static Wire.PriorityRequest Request(uint number) => Examples.PriorityRequest().With(r => (r.Request, r.Sequence) = (number, 10));
}
