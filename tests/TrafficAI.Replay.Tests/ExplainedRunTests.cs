using System.Globalization;
using System.Text.RegularExpressions;
using TrafficAI.EventLog;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Explain;

namespace TrafficAI.Replay.Tests;

/// <summary>Every second of the golden runs can be explained, with every strategy, with lost and late messages too.</summary>
public sealed partial class ExplainedRunTests
{
    private const int MostLines = 30;

    public static TheoryData<string> Runs => [.. GoldenRun.Names];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Runs))]
    public async Task Every_second_is_explained_in_every_language(string name)
    {
        var (costs, unheard) = (0, 0);
        await foreach (var told in ExplainAsync(name))
        {
            Assert.True(told.Shown is not null || (told.Second == 0 && told.Message == Message.Missing), $"nothing is shown at {told.Second}");
            foreach (var decided in new[] { told.Decided, told.Now }.OfType<DecisionFacts>())
            {
                Judge(decided);
                costs += decided.Yardstick == Yardstick.Waiting ? 1 : 0;
            }

            unheard += told.Message == Message.Frame ? 0 : 1;
            foreach (var language in Language.All) Judge(ExplanationText.Of(told, language), language);
        }

        Assert.Equal(name.StartsWith("adaptive", StringComparison.Ordinal), costs > 0);
        Assert.Equal(name.EndsWith("faults", StringComparison.Ordinal), unheard > 0);
    }

    [Fact]
    public async Task What_is_explained_is_what_was_recorded()
    {
        using var golden = new GoldenRun("adaptive-full");
        await using var log = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
        var replay = await Runtime.Replay.OpenAsync(log, Cancel);
        var compared = 0;
        await foreach (var e in log.ReadAsync(StreamNames.Intersection(replay.Site.Models[0].Signals.Id), 0, Cancel))
        {
            if (e.Type != IntersectionEvent.PhaseDecided) continue;
            var recorded = (Runtime.Events.PhaseDecided)EventTypes.Decode(e);
            var told = await Explainer.ExplainAsync(replay, replay.Site.Models[0], recorded.Second, Cancel);
            Assert.NotNull(told.Decided);
            Assert.Equal((recorded.Second, recorded.Wanted, recorded.Granted, recorded.Reason), (told.Decided.Second, told.Decided.Wanted, told.Decided.Granted, told.Decided.Reason));
            if (told.Decided.Yardstick != Yardstick.Waiting) continue;
            compared++;
            // A candidate that was given up costs at least what was recorded of it.
            foreach (var weighed in recorded.Candidates)
            {
                var cost = told.Decided.Candidates.Single(c => c.Phase == weighed.Phase).Value;
                Assert.True(cost >= -weighed.Worth - 1e-6, $"{weighed.Phase} at {recorded.Second}: {cost} and {-weighed.Worth}");
            }

            Assert.Equal(-recorded.Candidates.Single(c => c.Phase == recorded.Wanted).Worth, told.Decided.Candidates.Single(c => c.Phase == recorded.Wanted).Value!.Value, 6);
        }

        Assert.True(compared > 3, $"{compared} decisions with costs");
    }

    private static void Judge(DecisionFacts decided)
    {
        if (decided.Yardstick != Yardstick.Waiting) return;
        var weighed = decided.Candidates.Where(c => c.Value is not null).ToList();
        foreach (var candidate in weighed)
        {
            var parts = candidate.Parts!;
            Assert.Equal(candidate.Value!.Value, parts.Vehicles + parts.Pedestrians + parts.SpeedingUp + parts.Left, 6);
            Assert.True(parts is { Vehicles: >= -1e-6, Pedestrians: >= 0, SpeedingUp: >= 0, Left: >= 0 }, $"{parts}");
        }

        var wanted = weighed.Single(c => c.Phase == decided.Wanted).Value!.Value;
        var least = weighed.Min(c => c.Value!.Value);
        Assert.True(wanted <= least + 1e-6 || (decided.Usual == decided.Wanted && wanted <= least + decided.Margin + 1e-6), $"{decided.Wanted} at {decided.Second}");
    }

    private static void Judge(string text, Language language)
    {
        Assert.InRange(text.Count('\n'), 2, MostLines);
        Assert.DoesNotContain('{', text);
        Assert.DoesNotContain('\t', text);
        foreach (Match sum in Sum().Matches(text))
        {
            var numbers = sum.Groups.Values.Skip(1).Select(g => decimal.Parse(g.Value.Replace(',', '.'), CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(numbers[0], numbers.Skip(1).Sum());
            Assert.Equal(language.Code == "en", sum.Value.Contains('.', StringComparison.Ordinal));
        }
    }

    private static async IAsyncEnumerable<Explanation> ExplainAsync(string name)
    {
        using var golden = new GoldenRun(name);
        await using var log = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
        var replay = await Runtime.Replay.OpenAsync(log, Cancel);
        for (var second = replay.Record.Header.Begin; second < replay.Record.Header.End; second++)
            yield return await Explainer.ExplainAsync(replay, replay.Site.Models[0], second, Cancel);
    }

    [GeneratedRegex(@"(-?\d+[.,]\d) = (-?\d+[.,]\d) \+ (-?\d+[.,]\d) \+ (-?\d+[.,]\d) \+ (-?\d+[.,]\d)")]
    private static partial Regex Sum();
}
