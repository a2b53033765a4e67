using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>The priority requests of one controller, from the wire to our words, and the answers back. Not thread-safe.</summary>
internal sealed class PriorityWatch
{
    /// <summary>Requests between two frames; more are refused, so that no flood of them fills the log.</summary>
    public const int MostAFrame = 8;

    private int sinceFrame;
    private ulong answers;

    /// <summary>A frame was taken.</summary>
    public void Pass() => sinceFrame = 0;

    /// <summary>Takes a request of the boot that runs; others are refused.</summary>
    /// <param name="count">Of the controller.</param>
    public PriorityRequest? Hear(Wire.PriorityRequest message, StreetCount count, out Refusal? refusal)
    {
        refusal = Refuse(message, count);
        if (refusal is not null) return null;
        return new(
            message.Boot, message.Request, (int)message.Group - 1, (ObjectClass)(message.Class - 1), count.SecondOf(message.Sequence) + message.ArrivesInSeconds,
            message.State == Wire.PriorityState.Cancelled)
        {
            Persons = message.HasPersons ? (int)message.Persons : null,
            LateSeconds = message.HasLateSeconds ? message.LateSeconds : null,
        };
    }

    /// <summary>The order that carries an answer, without its head, and the sequence for that.</summary>
    public (Wire.PriorityAnswer Order, ulong Sequence) Order(PriorityAnswer answer) =>
        (new() { Request = answer.Number, State = StateOf(answer.Progress), Refusal = (Wire.PriorityRefusal)answer.Refusal }, ++answers);

    private static Wire.PriorityState StateOf(PriorityProgress progress) => progress switch
    {
        PriorityProgress.Queued => Wire.PriorityState.Queued,
        PriorityProgress.Activated => Wire.PriorityState.Activated,
        PriorityProgress.Completed => Wire.PriorityState.Completed,
        PriorityProgress.Rejected => Wire.PriorityState.Rejected,
        _ => Wire.PriorityState.Stale,
    };

    private Refusal? Refuse(Wire.PriorityRequest message, StreetCount count)
    {
        var name = $"priority request {message.Request}";
        if (message.State is not (Wire.PriorityState.Requested or Wire.PriorityState.Cancelled))
            return Refusal.Malformed($"{name}: a controller asks or cancels, it does not say {WireWords.Of(message.State)}");
        if (message.Boot != count.Boot) return new(Wire.Outcome.OtherBoot, $"{name} of boot {message.Boot:x16}: that is not the boot that is heard");
        if (message.Sequence > count.Newest + StreetCount.LargestStep)
            return new(Wire.Outcome.UnknownBase, $"{name}: its frame {message.Sequence} is far from frame {count.Newest}");
        return ++sinceFrame > MostAFrame ? new(Wire.Outcome.NotSupported, $"{name}: more than {MostAFrame} of them in one second") : null;
    }
}
