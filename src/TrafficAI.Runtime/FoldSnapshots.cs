using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Snapshots of the fold of one intersection, so that recovery takes as long for a stream of years as for one of an hour. Any of
/// them may get lost or torn, or be of another log or build: then the one before it serves, or the whole stream.</summary>
/// <remarks>The state is that of this very build's classes (<see cref="StateImage"/>), so any other build, whatever it changed, begins
/// from the log.</remarks>
public sealed class FoldSnapshots(ISnapshotStore store, IEventLog log, IntersectionModel model, DecisionOptions options)
{
    /// <summary>A snapshot is made every so many events of the input stream: about twenty minutes of them.</summary>
    public const long Every = 1_200;

    /// <summary>So many are kept.</summary>
    public const int Kept = 4;

    private const int Version = 1;

    private static readonly string Build = string.Join(
        ' ', new[] { typeof(IntersectionId), typeof(IntersectionSignals), typeof(IntersectionModel), typeof(FoldSnapshots) }.Select(t => t.Module.ModuleVersionId));

    private readonly string stream = StreamNames.Inputs(model.Signals.Id);
    private long last;

    /// <summary>Makes a snapshot if it is time for one.</summary>
    /// <param name="fold">What the inputs up to <paramref name="input"/> have led to.</param>
    /// <param name="input">Revision of the last input.</param>
    /// <param name="events">Revision of the last event that it led to; −1 if there is none.</param>
    public async ValueTask OfferAsync(IntersectionFold fold, long input, long events, CancellationToken stop)
    {
        if (input / Every == last) return;
        last = input / Every;
        if (await SnapshotReading.AnchorAsync(log, stream, input, stop) is not { } anchor) return;
        var bytes = StateBytes.ToWrite();
        bytes.Text(Build);
        bytes.Text(options.ToString());
        bytes.Number(events);
        await store.SaveAsync(new(Key(last), input, Version, anchor, (byte[])[.. bytes.Written.Span, .. fold.Save().Span]), stop);
    }

    /// <summary>The newest snapshot that can be gone on from.</summary>
    /// <returns>Null if there is none.</returns>
    public async ValueTask<RecoveredFold?> LatestAsync(CancellationToken stop)
    {
        var found = new List<Snapshot>();
        for (var place = 0; place < Kept; place++)
        {
            if (await store.LoadAsync(Key(place), stop) is { Version: Version } snapshot) found.Add(snapshot);
        }

        foreach (var snapshot in found.OrderByDescending(s => s.Revision))
        {
            if (await SnapshotReading.AnchorAsync(log, stream, snapshot.Revision, stop) != snapshot.Anchor || Read(snapshot) is not { } fold) continue;
            last = snapshot.Revision / Every;
            return fold;
        }

        last = 0;
        return null;
    }

    private RecoveredFold? Read(Snapshot snapshot)
    {
        try
        {
            var bytes = StateBytes.ToRead(snapshot.State);
            if (bytes.Text(null) != Build || bytes.Text(null) != options.ToString()) return null;
            var events = bytes.Number(0);
            var fold = new IntersectionFold(model, options);
            fold.Load(bytes.Rest);
            return new(fold, snapshot.Revision, events);
        }
        catch (RecordException)
        {
            return null;
        }
    }

    // No name of a stream holds this character.
    private string Key(long number) => FormattableString.Invariant($"{stream}~{number % Kept}");
}

/// <summary>A fold as it stood after an input.</summary>
/// <param name="Input">Revision of that input.</param>
/// <param name="Events">Revision of the last event that it had led to; −1 if there was none.</param>
public sealed record RecoveredFold(IntersectionFold Fold, long Input, long Events);
