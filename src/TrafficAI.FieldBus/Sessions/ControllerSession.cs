using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>A server's end of the session with one controller: takes what the controller sends, notes what people should know, and says
/// whether plans may be sent. Not thread-safe.</summary>
/// <param name="known">From before the server's start.</param>
/// <param name="epoch">Of the server's plans.</param>
/// <param name="latency">From a frame to the first second on which a plan on it acts, as decisions reckon.</param>
internal sealed class ControllerSession(IntersectionId id, Credentials credentials, KnownController known, long epoch, int latency)
{
    private const long LargestClockShift = 2_000;
    private const int CountedFrames = 60;

    private readonly List<SessionNote> notes = [];
    private readonly StreetCount count = new(known);
    private readonly Quarantine quarantine = new();
    private readonly PlanWatch plans = new();
    private readonly LatencyWatch latencies = new(latency);
    private readonly ClockOrders clocks = new();
    private readonly PriorityWatch priorities = new();
    private ulong modeSequence;
    private (ulong Boot, ulong Sequence)? delivered = LastOf(known);
    private Wire.Presence? presence;
    private PhasePlan? recovered;
    private string? obeysAnother;
    private long ahead;
    private (long Frames, long Repeated, long Refused, long Unanswered, long Resent) counted;
    private (long Frames, long Repeated, long Refused) counts;

    public bool IsOnline => presence?.State == Wire.Presence.Types.State.Online;

    /// <summary>Why nothing may be planned for the controller; null if it may.</summary>
    public string? Hold => obeysAnother ?? OtherConfiguration() ?? (quarantine.IsOn ? $"it talked nonsense; {Quarantine.Seconds} s without any end this" : null);

    /// <summary>The newest street second; null before the first frame.</summary>
    public long? LastSecond => count.LastSecond;

    /// <summary>When the last frame came.</summary>
    public Instant Heard { get; private set; }

    /// <summary>What was noted since the last call.</summary>
    public ImmutableArray<SessionNote> TakeNotes()
    {
        if (notes.Count == 0) return [];
        ImmutableArray<SessionNote> taken = [.. notes];
        notes.Clear();
        return taken;
    }

    public void Hear(Wire.Presence message, Instant now)
    {
        var before = presence;
        presence = message;
        if (before is not null && before.Equals(message)) return;
        if (IsOnline)
        {
            notes.Add(new ControllerCame(
                $"{now}", Hex(message.Boot), message.Firmware, Convert.ToHexStringLower(message.Configuration.Span), OtherConfiguration() is null));
        }
        else if (before?.State == Wire.Presence.Types.State.Online)
        {
            notes.Add(new ControllerLeft($"{now}", WireWords.Of(message.State)));
        }
    }

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">In our words, when it is to be delivered; null when it repeats the one before, or was refused.</param>
    /// <param name="street">The street second at which the other controllers stand, or null.</param>
    public bool TryHear(Wire.Frame message, Instant now, Func<long?> street, out Frame? frame, out Refusal? refusal)
    {
        (frame, refusal) = (null, null);
        if (delivered == (message.Boot, message.Sequence))
        {
            counts.Repeated++;
            return true;
        }

        var boot = count.Boot;
        if (!count.TryTake(message, out var second, out refusal, street)) return false;
        Heard = now;
        priorities.Pass();
        if (count.Boot != boot) notes.Add(new BootBegun($"{now}", second, Hex(message.Boot), (long)message.Sequence));
        Follow(message, second, now);
        frame = FrameReader.Read(id, message, second);
        return true;
    }

    /// <summary>Somebody has been given a frame.</summary>
    public void Delivered(Wire.Frame message, Instant now)
    {
        if (delivered is { } before && before.Boot == message.Boot && message.Sequence > before.Sequence + 1)
            notes.Add(new FramesSkipped($"{now}", count.SecondOf(before.Sequence + 1), count.SecondOf(message.Sequence - 1)));
        if (delivered?.Boot != message.Boot || message.Sequence > delivered?.Sequence) delivered = (message.Boot, message.Sequence);
        counts.Frames++;
        if (quarantine.Pass()) notes.Add(new QuarantineEnded($"{now}", count.SecondOf(message.Sequence)));
        if (counts.Frames % CountedFrames == 0) Count(now);
    }

    /// <summary>Takes the frames of an outage that have a street second; others are refused.</summary>
    public ImmutableArray<Frame> Hear(Wire.Backlog message, out Refusal? refusal)
    {
        refusal = null;
        var frames = ImmutableArray.CreateBuilder<Frame>();
        foreach (var bytes in message.Frames)
        {
            if (!WireReader.TryRead(MessageKind.Frame, bytes.Span, out var read, out refusal)) return [];
            var kept = (Wire.Frame)read;
            if (count.SecondOf(kept.Boot, kept.Sequence) is { } second) frames.Add(FrameReader.Read(id, kept, second));
            else refusal = new(Wire.Outcome.OtherBoot, $"frame {kept.Sequence} of boot {kept.Boot:x16}: that boot was never heard");
        }

        return frames.DrainToImmutable();
    }

    public void Hear(Wire.Reply reply, Instant now)
    {
        if (reply.Kind == Wire.OrderKind.Time) clocks.Hear(reply);
        if (reply.Kind != Wire.OrderKind.Plan || reply.Order is not { } order || order.Epoch != (ulong)epoch) return;
        var outcome = WireWords.Of(reply.Outcome);
        if (plans.Hear((long)order.Sequence, outcome, reply.Outcome == Wire.Outcome.Accepted))
            notes.Add(new PlanRefused($"{now}", count.LastSecond, (long)order.Sequence, outcome, reply.Text));
        if (reply.Outcome == Wire.Outcome.OlderEpoch) Yield("it refuses plans of epoch " + epoch.ToString(CultureInfo.InvariantCulture) + " as older than those of another server");
    }

    /// <summary>Takes a priority request of the boot that runs; others are refused.</summary>
    public PriorityRequest? Hear(Wire.PriorityRequest message, out Refusal? refusal) => priorities.Hear(message, count, out refusal);

    public void Hear(Wire.Alarm alarm, Instant now) => notes.Add(new AlarmReported(
        $"{now}", count.SecondOf(alarm.Boot, alarm.Sequence), WireWords.Of(alarm.Kind), alarm.Active, (int)alarm.Component, alarm.Text));

    /// <summary>A message was refused.</summary>
    public void Refuse(MessageKind kind, Refusal refusal, Instant now)
    {
        counts.Refused++;
        if (quarantine.IsOn)
        {
            quarantine.Refuse();
            return;
        }

        notes.Add(new MessageRefused($"{now}", count.LastSecond, kind.TopicEnd(), WireWords.Of(refusal.Outcome), refusal.Text));
        if (quarantine.Refuse())
            notes.Add(new QuarantineBegun($"{now}", count.LastSecond, $"{Quarantine.Refusals} messages refused within {Quarantine.Seconds} s, the last: {refusal.Text}"));
    }

    /// <summary>The order that carries a plan to the controller.</summary>
    /// <returns>Null while nothing may be sent: it has not been heard, has another configuration, or is held.</returns>
    public Wire.Plan? Order(PhasePlan plan)
    {
        if (presence is null || Hold is not null) return null;
        return count.SequenceOf(plan.BasedOnSecond) is { } sequence ? PlanWriter.Write(plan, count.Boot, sequence, credentials.Configuration) : null;
    }

    /// <summary>The order that carries an answer to a priority request; null while nothing may be sent, or when the boot that asked has gone.</summary>
    public Wire.PriorityAnswer? Order(PriorityAnswer answer)
    {
        if (Hold is not null || answer.Boot != count.Boot) return null;
        var (order, sequence) = priorities.Order(answer);
        order.Head = Head(sequence);
        return order;
    }

    /// <summary>The order that carries what an operator wants.</summary>
    /// <returns>Null while nothing may be sent.</returns>
    public Wire.ModeRequest? Order(ModeOrder order) => Hold is not null || !IsOnline ? null : new()
    {
        Head = Head(++modeSequence),
        Wish = order.IsOff ? Wire.ModeRequest.Types.Wish.Off : Wire.ModeRequest.Types.Wish.On,
        Reason = order.Reason,
        ExpiresAfterSeconds = (uint)(order.Seconds ?? 0),
    };

    /// <summary>The order that sets the controller's clock, when one is due.</summary>
    public Wire.TimeOrder? OrderTime(Instant now) =>
        IsOnline && Hold is null && clocks.Next(now) is { } sequence ? new() { Head = Head(sequence), UnixMilliseconds = now.Milliseconds } : null;

    /// <summary>An order has been made for the wire.</summary>
    public void Sends(Wire.Plan order, byte[] payload, Instant now) =>
        plans.Send(new((long)order.Head.Sequence, order.BaseSequence, order.LeaseSeconds, payload, now));

    /// <summary>The server has recovered a plan that may not have been sent: it is the answer when the frame that it is on comes again.</summary>
    public void Recover(PhasePlan plan) => recovered = plan;

    /// <summary>The plan on a frame that came again, if it was recovered and not sent yet; null for none.</summary>
    public PhasePlan? Recovered(ulong sequence)
    {
        if (recovered is not { } plan || presence is null || count.SequenceOf(plan.BasedOnSecond) != sequence) return null;
        recovered = null;
        return plan;
    }

    /// <summary>The order on a frame that came again, to be sent again; null for none.</summary>
    public byte[]? Repeat(ulong sequence) => Hold is null ? plans.On(sequence) : null;

    /// <summary>Time passes: what is to be sent again, or null.</summary>
    public byte[]? Pass(Instant now) => plans.Pass(now, count.Newest) is { } again && Hold is null ? again : null;

    private static (ulong Boot, ulong Sequence)? LastOf(KnownController known) => known is { LastSecond: { } last, Boots: [.., var boot] } && last >= boot.Anchor
        ? (boot.Boot, (ulong)(last - boot.Anchor))
        : null;

    private static string Hex(ulong boot) => boot.ToString("x16", CultureInfo.InvariantCulture);

    private string? OtherConfiguration() => presence is null || presence.Configuration == credentials.Configuration
        ? null
        : $"its configuration has checksum {Short(presence.Configuration)}, and ours {Short(credentials.Configuration)}: give both ends the same class and signals";

    private static string Short(ByteString checksum) => Convert.ToHexStringLower(checksum.Span)[..8];

    private Wire.OrderHead Head(ulong sequence) => new() { Epoch = (ulong)epoch, Sequence = sequence, Boot = count.Boot, Configuration = credentials.Configuration };

    private void Yield(string reason) => obeysAnother ??= reason;

    private void Follow(Wire.Frame message, long second, Instant now)
    {
        clocks.Hear(message.Boot, message.Clock);
        if (message.Clock is { } clock && Math.Abs(clock.UnixMilliseconds - now.Milliseconds - ahead) >= LargestClockShift)
        {
            ahead = clock.UnixMilliseconds - now.Milliseconds;
            notes.Add(new ClockShifted($"{now}", second, ahead, WireWords.Of(clock.Quality)));
        }

        if (message.Plan is not { } held) return;
        if (((long)held.Epoch, (long)held.Sequence).CompareTo((epoch, plans.Newest)) > 0)
            Yield(string.Create(CultureInfo.InvariantCulture, $"it holds plan {held.Sequence} of epoch {held.Epoch} of another server; ours is {epoch}"));
        if (message.Mode == Wire.ControlMode.Plan && (long)held.Epoch == epoch && plans.BaseOf((long)held.Sequence) is { } basedOn
            && latencies.Hear(message.Sequence, basedOn) is { } theirs)
            notes.Add(new LatencyDiffered($"{now}", second, latency, theirs));
    }

    private void Count(Instant now)
    {
        var all = (counts.Frames, counts.Repeated, counts.Refused, plans.Unanswered, plans.Resent);
        var since = new MessagesCounted(
            $"{now}", count.LastSecond ?? 0, all.Frames - counted.Frames, all.Repeated - counted.Repeated, all.Refused - counted.Refused,
            all.Unanswered - counted.Unanswered, all.Resent - counted.Resent);
        counted = all;
        if (since is not { Repeated: 0, Refused: 0, Unanswered: 0, Resent: 0 }) notes.Add(since);
    }
}
