namespace TrafficAI.FieldBus;

/// <summary>What the smaller messages of a controller must look like.</summary>
internal static class UpGrammar
{
    public static string? Complaint(Wire.Presence presence) =>
        Grammar.Word("state", presence.State, Wire.Presence.Types.State.Offline)
        ?? Grammar.Boot(presence.Boot)
        ?? Grammar.Text("the firmware", presence.Firmware, WireLimits.NameBytes)
        ?? Grammar.Checksum(presence.Configuration);

    public static string? Complaint(Wire.Alarm alarm) =>
        Grammar.Boot(alarm.Boot)
        ?? Grammar.Count("sequence", alarm.Sequence)
        ?? Grammar.Word("kind", alarm.Kind, Wire.Alarm.Types.Kind.ForgedOrders)
        ?? (alarm.Component <= WireLimits.Detectors ? null : "its component does not exist")
        ?? Grammar.Text("its text", alarm.Text)
        ?? Grammar.Clock(alarm.Clock);

    public static string? Complaint(Wire.PriorityRequest request) =>
        Grammar.Boot(request.Boot)
        ?? Grammar.Count("sequence", request.Sequence)
        ?? (request.Group is >= 1 and <= WireLimits.Groups ? null : "its group does not exist")
        ?? Grammar.Word("class", request.Class, Wire.ObjectClass.Other)
        ?? (request.ArrivesInSeconds <= WireLimits.LeaseSeconds ? null : "it arrives in more than an hour")
        ?? Grammar.Word("state", request.State, Wire.PriorityState.Cancelled)
        ?? (Math.Abs((long)request.LateSeconds) <= WireLimits.LeaseSeconds ? null : "it is more than an hour late or early")
        ?? (request.Persons <= WireLimits.Persons ? null : $"it has more than {WireLimits.Persons} persons aboard");

    public static string? Complaint(Wire.Reply reply) =>
        Grammar.Boot(reply.Boot)
        ?? Grammar.Count("sequence", reply.Sequence)
        ?? Grammar.Word("kind", reply.Kind, Wire.OrderKind.Time)
        ?? (reply.Order is { } order ? Grammar.Count("epoch", order.Epoch) ?? Grammar.Count("order", order.Sequence) : null)
        ?? Grammar.Word("outcome", reply.Outcome, Wire.Outcome.NotSupported)
        ?? Grammar.Text("its text", reply.Text);

    public static string? Complaint(Wire.Backlog backlog)
    {
        if (backlog.Frames.Count > WireLimits.BacklogFrames) return $"it has {backlog.Frames.Count} frames, more than {WireLimits.BacklogFrames}";
        foreach (var frame in backlog.Frames)
        {
            if (!WireReader.TryRead(MessageKind.Frame, frame.Span, out _, out var refusal)) return refusal!.Text;
        }

        return null;
    }
}
