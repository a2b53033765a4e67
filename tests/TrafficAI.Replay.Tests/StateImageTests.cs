using TrafficAI.EventLog;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Runtime;

namespace TrafficAI.Replay.Tests;

/// <summary>A fold that goes on from its image decides as if it had never stopped.</summary>
public sealed class StateImageTests
{
    public static TheoryData<string> Runs => [.. GoldenRun.Names];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Runs))]
    public async Task Wherever_a_run_is_cut_it_goes_on_the_same(string name)
    {
        using var golden = new GoldenRun(name);
        await using var log = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
        var replay = await Runtime.Replay.OpenAsync(log, Cancel);
        var model = replay.Site.Models[0];
        var inputs = await RecordedInputs.ReadAsync(new LogStream(log, StreamNames.Inputs(model.Signals.Id)), model.Signals.Id, -1, Cancel).ToListAsync(Cancel);
        var whole = replay.NewFold(model);
        var images = inputs.Select(i => (Said: Said(whole.Apply(i.Input, i.Revision)), Image: whole.Save())).ToList();

        for (var cut = 0; cut < inputs.Count; cut += 9)
        {
            var fold = replay.NewFold(model);
            fold.Load(images[cut].Image);
            for (var i = cut + 1; i < inputs.Count; i++) Assert.Equal(images[i].Said, Said(fold.Apply(inputs[i].Input, inputs[i].Revision)));
            Assert.Equal(images[^1].Image.ToArray(), fold.Save().ToArray());
            Assert.Equal(whole.Digest.Current(), fold.Digest.Current());
        }

        Assert.InRange(images[^1].Image.Length, 1, 120_000);
    }

    [Fact]
    public async Task Wherever_a_run_under_metering_is_cut_it_goes_on_the_same()
    {
        using var golden = new GoldenRun("adaptive-full");
        await using var log = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
        var replay = await Runtime.Replay.OpenAsync(log, Cancel);
        var four = replay.Site.Models[0];
        var model = four with { Inlets = [new(7, 0, 0, [new(4, true, 300, 25)])], Outlets = [.. four.ExitDetectors.Select((_, exit) => new StreetLink(0, 7, exit, [new(0, true, 300, 25)]))] };
        var options = replay.Record.Header.Options with { Metering = new(5, 150) };
        var inputs = new List<IntersectionInput>();
        await foreach (var (input, _) in RecordedInputs.ReadAsync(new LogStream(log, StreamNames.Inputs(model.Signals.Id)), model.Signals.Id, -1, Cancel))
        {
            inputs.Add(new IntersectionInput.ForecastsCame(input.Second, [new(7, input.Second - 1, [new(0)], 100)]));
            inputs.Add(input);
        }

        var whole = new IntersectionFold(model, options);
        var images = inputs.Select((input, i) => (Said: Said(whole.Apply(input, i)), Image: whole.Save())).ToList();
        Assert.Contains(images, image => image.Said.Contains(IntersectionEvent.GateHeld, StringComparison.Ordinal));
        for (var cut = 0; cut < inputs.Count; cut += 9)
        {
            var fold = new IntersectionFold(model, options);
            fold.Load(images[cut].Image);
            for (var i = cut + 1; i < inputs.Count; i++) Assert.Equal(images[i].Said, Said(fold.Apply(inputs[i], i)));
            Assert.Equal(whole.Digest.Current(), fold.Digest.Current());
        }
    }

    [Fact]
    public async Task Damaged_bytes_are_told_and_nothing_else_happens()
    {
        using var golden = new GoldenRun("adaptive-loops-faults");
        await using var log = EventLogUri.Open(golden.Path, EventLogMode.OpenExisting);
        var replay = await Runtime.Replay.OpenAsync(log, Cancel);
        var model = replay.Site.Models[0];
        var fold = replay.NewFold(model);
        await foreach (var (input, revision) in RecordedInputs.ReadAsync(new LogStream(log, StreamNames.Inputs(model.Signals.Id)), model.Signals.Id, -1, Cancel))
            fold.Apply(input, revision);
        var image = fold.Save().ToArray();
        var (chance, lanes) = (new Random(3), string.Join('\n', model.Lanes));
        for (var i = 0; i < 200; i++)
        {
            var bytes = image.ToArray();
            bytes[chance.Next(bytes.Length)] ^= (byte)chance.Next(1, 256);
            var cut = bytes.AsMemory(0, chance.Next(bytes.Length));
            Assert.Throws<RecordException>(() => replay.NewFold(model).Load(cut));
            Assert.Equal(lanes, string.Join('\n', model.Lanes));
        }
    }

    private static string Said(FoldStep step) => step.Decision?.ToPlan() + string.Join('\n', step.Events.Select(e => e.Type + Convert.ToHexString(e.Payload.Span)));
}
