using System.Collections.Immutable;
using System.Diagnostics;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

public sealed class LockstepAnswersTests
{
    private static readonly IntersectionId A = new("A");
    private static readonly IntersectionId B = new("B");

    private static readonly ImmutableHashSet<IntersectionId> Both = [A, B];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_waits_for_everybody_and_no_longer_for_who_is_silent_until_he_answers_again()
    {
        await using var bus = new InprocBus();
        using var answers = new LockstepAnswers(bus, [A, B], TimeSpan.FromMilliseconds(300), _ => ValueTask.CompletedTask);
        var first = answers.WaitAsync(10, Both, Cancel);
        await bus.PublishPlanAsync(Plan(A, 10), Cancel);
        Assert.False(first.IsCompleted);
        await bus.PublishPlanAsync(Plan(B, 10), Cancel);
        await first.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Equal(0, answers.Missing);

        await bus.PublishPlanAsync(Plan(A, 11), Cancel);
        await answers.WaitAsync(11, Both, Cancel);
        Assert.Equal(1, answers.Missing);

        await bus.PublishPlanAsync(Plan(A, 12), Cancel);
        Assert.True(answers.WaitAsync(12, Both, Cancel).IsCompletedSuccessfully);

        await bus.PublishPlanAsync(Plan(B, 12), Cancel);
        await bus.PublishPlanAsync(Plan(A, 13), Cancel);
        var last = answers.WaitAsync(13, Both, Cancel);
        Assert.False(last.IsCompleted);
        await bus.PublishPlanAsync(Plan(B, 13), Cancel);
        await last.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Equal(1, answers.Missing);
    }

    [Fact]
    public async Task Whose_answer_is_missing_is_told_the_second_again()
    {
        await using var bus = new InprocBus();
        var repeats = 0;
        using var answers = new LockstepAnswers(bus, [A, B], TimeSpan.FromSeconds(60), async silent =>
        {
            Assert.Equal(B, Assert.Single(silent));
            if (++repeats == 2) await bus.PublishPlanAsync(Plan(B, 10), Cancel);
        });
        await bus.PublishPlanAsync(Plan(A, 10), Cancel);
        await answers.WaitAsync(10, Both, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal((2, 0), (repeats, (int)answers.Missing));
    }

    [Fact]
    public async Task Whose_frame_got_lost_is_not_waited_for()
    {
        await using var bus = new InprocBus();
        using var answers = new LockstepAnswers(bus, [A, B], TimeSpan.FromSeconds(60), _ => ValueTask.CompletedTask);
        await bus.PublishPlanAsync(Plan(A, 10), Cancel);
        Assert.True(answers.WaitAsync(10, [A], Cancel).IsCompletedSuccessfully);
        Assert.True(answers.WaitAsync(11, [], Cancel).IsCompletedSuccessfully);
        Assert.Equal(0, answers.Missing);
    }

    [Fact]
    public async Task With_nobody_left_to_wait_for_the_street_goes_by_the_clock_until_somebody_answers()
    {
        await using var bus = new InprocBus();
        using var answers = new LockstepAnswers(bus, [A], TimeSpan.FromMilliseconds(50), _ => ValueTask.CompletedTask);
        await answers.WaitAsync(10, Both, Cancel);
        Assert.Equal(1, answers.Missing);

        var start = Stopwatch.GetTimestamp();
        await answers.WaitAsync(11, Both, Cancel);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(30));

        await bus.PublishPlanAsync(Plan(A, 12), Cancel);
        await answers.WaitAsync(12, Both, Cancel);
        Assert.Equal(1, answers.Missing);
    }

    private static PhasePlan Plan(IntersectionId id, long second) => new(id, second, 0, 1, second, 30, second, second, []);
}
