using System.Collections.Immutable;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Explain;

namespace TrafficAI.Server.Reading;

/// <summary>An intersection at a street second with all that is behind it.</summary>
/// <param name="Plan">What the plan says, from the phase that is wanted now on.</param>
public sealed record IntersectionMoment(
    string Intersection, long Second, string Wall, IntersectionNow? State, ImmutableArray<LaneNow> Lanes, ImmutableArray<DetectorNow> Detectors, ImmutableArray<PlannedPhase> Plan);

/// <summary>An entry of a plan; seconds are street seconds, of the start of the passage to the phase.</summary>
public sealed record PlannedPhase(string Phase, long Earliest, long Planned, long Latest);

/// <summary>Single moments of single intersections: computed from the log when somebody asks. What was asked for last is kept, so that who follows an intersection costs
/// no more than its new seconds.</summary>
/// <param name="past">What stood at each place of the log.</param>
public sealed class Moments(ServedLog served, StandingPast past) : IDisposable
{
    private const int Kept = 16;
    private const int AtOnce = 2;

    private readonly SemaphoreSlim turns = new(AtOnce);
    private readonly Lock gate = new();
    private readonly List<PlanFold> folds = [];
    private readonly Replay replay = new(served.Log, served.Record, served.Site);

    /// <summary>The state at a street second.</summary>
    /// <param name="index">Of the intersection.</param>
    public async Task<IntersectionMoment> AtAsync(int index, long second, CancellationToken stop)
    {
        var model = served.Site.Models[index];
        await turns.WaitAsync(stop);
        try
        {
            var view = await ViewAsync(index, second, stop);
            var fold = Take(index, second);
            await fold.GoToAsync(second, stop);
            Keep(fold);
            return new(
                model.Signals.Id.Value, second, served.Wall(second), view.Now, view.Lanes, view.Detectors, fold.Plan);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Why it showed what it showed.</summary>
    public async Task<Explanation> ExplainAsync(int index, long second, CancellationToken stop)
    {
        await turns.WaitAsync(stop);
        try
        {
            return await Explainer.ExplainAsync(replay, served.Site.Models[index], second, stop);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    /// <summary>One intersection as it was at a street second, folded from its own streams.</summary>
    public async Task<IntersectionView> ViewAsync(int index, long second, CancellationToken stop)
    {
        var model = served.Site.Models[index];
        var view = new IntersectionView(model, served.Header.Strategy);
        var id = model.Signals.Id;
        var first = await StreetPlaces.InputAsync(served.Log, id, second - History.WarmUpSeconds, stop);
        var since = second - History.WarmUpSeconds - StreetPlaces.Slack;
        await using var told = new ToldEvents(served.Log, id, since, stop);
        await foreach (var e in served.Log.ReadAsync(StreamNames.Inputs(id), first, stop))
        {
            if (FrameCodec.IsFrame(e.Type) && FrameCodec.SecondOf(e.Payload) > second + 1) break;
            if (e.Revision == first)
            {
                foreach (var standing in await past.BeginAsync(index, e.Position, since, stop)) view.Take(standing);
                await told.BeginAsync(e.Position);
            }

            view.Take(e);
            await told.GiveAsync(view);
        }

        return view;
    }

    private PlanFold Take(int index, long second)
    {
        lock (gate)
        {
            var found = folds.FirstOrDefault(fold => fold.Index == index && fold.Second <= second);
            if (found is not null) folds.Remove(found);
            return found ?? new PlanFold(replay, index);
        }
    }

    private void Keep(PlanFold fold)
    {
        lock (gate)
        {
            folds.Insert(0, fold);
            if (folds.Count > Kept) folds.RemoveAt(Kept);
        }
    }
}

/// <summary>Decides on the recorded inputs of one intersection again, as far as it is asked to, to know the plan. Not thread-safe.</summary>
internal sealed class PlanFold(Replay replay, int index)
{
    private readonly IntersectionModel model = replay.Site.Models[index];
    private readonly IntersectionFold fold = replay.NewFold(replay.Site.Models[index]);
    private long revision = -1;

    public int Index => index;

    /// <summary>The street second of the last frame that was decided on; before the first the smallest number.</summary>
    public long Second { get; private set; } = long.MinValue;

    /// <summary>What the last decision plans; empty where nothing is planned.</summary>
    public ImmutableArray<PlannedPhase> Plan { get; private set; } = [];

    /// <summary>Goes on to the decision that was made after the lamps of a second.</summary>
    public async Task GoToAsync(long second, CancellationToken stop)
    {
        var inputs = new LogStream(replay.Log, StreamNames.Inputs(model.Signals.Id));
        await foreach (var (input, at) in RecordedInputs.ReadAsync(inputs, model.Signals.Id, revision, stop))
        {
            if (input.Second > second + 1) break;
            var step = fold.Apply(input, at);
            (revision, Second) = (at, Math.Max(Second, input.Second - 1));
            if (step.Decision is { } decision) Plan = Told(decision);
        }
    }

    private static ImmutableArray<PlannedPhase> Told(Decision decision)
    {
        var plan = ImmutableArray.CreateBuilder<PlannedPhase>(decision.Entries.Length);
        foreach (var entry in decision.Entries) plan.Add(new(entry.Phase.ToString(), entry.Earliest, entry.Planned, entry.Latest));
        return plan.MoveToImmutable();
    }
}
