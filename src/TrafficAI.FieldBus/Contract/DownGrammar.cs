namespace TrafficAI.FieldBus;

/// <summary>What orders must look like, whatever the controller.</summary>
internal static class DownGrammar
{
    public static string? Complaint(Wire.Plan plan)
    {
        if (plan.Entries.Count > WireLimits.PlanEntries) return $"it has {plan.Entries.Count} entries, more than {WireLimits.PlanEntries}";
        return Head(plan.Head)
            ?? Grammar.Count("base", plan.BaseSequence)
            ?? Grammar.Count("base lamps", plan.BaseLamps)
            ?? Grammar.Count("decision", plan.Decision)
            ?? (plan.LeaseSeconds <= WireLimits.LeaseSeconds ? null : $"its lease is longer than {WireLimits.LeaseSeconds} s")
            ?? (plan.AllRedUntil <= WireLimits.LeaseSeconds ? null : $"it lengthens all red for more than {WireLimits.LeaseSeconds} s")
            ?? (IsOffset(plan.CommittedUntil) && plan.Entries.All(IsNear) ? null : "a time of it is more than a day away");
    }

    public static string? Complaint(Wire.ModeRequest request) =>
        Head(request.Head)
        ?? Grammar.Word("wish", request.Wish, Wire.ModeRequest.Types.Wish.Release)
        ?? (request.Reason.Length == 0 ? "it gives no reason" : Grammar.Text("its reason", request.Reason))
        ?? (request.ExpiresAfterSeconds <= WireLimits.DaySeconds ? null : "it expires after more than a day");

    public static string? Complaint(Wire.PriorityAnswer answer) =>
        Head(answer.Head)
        ?? Grammar.Word("state", answer.State, Wire.PriorityState.Cancelled)
        ?? (answer.Refusal == Wire.PriorityRefusal.Unspecified ? null : Grammar.Word("refusal", answer.Refusal, Wire.PriorityRefusal.NotWeighed));

    public static string? Complaint(Wire.TimeOrder order) => Head(order.Head) ?? Grammar.Milliseconds(order.UnixMilliseconds);

    private static string? Head(Wire.OrderHead? head) => head is null
        ? "it has no head"
        : (head.Epoch >= 1 ? Grammar.Count("epoch", head.Epoch) : "its epoch is 0")
            ?? (head.Sequence >= 1 ? Grammar.Count("sequence", head.Sequence) : "its sequence is 0")
            ?? Grammar.Boot(head.Boot)
            ?? Grammar.Checksum(head.Configuration);

    private static bool IsNear(Wire.PlanEntry entry) => IsOffset(entry.Earliest) && IsOffset(entry.Planned) && IsOffset(entry.Latest);

    private static bool IsOffset(int seconds) => seconds is >= -WireLimits.DaySeconds and <= WireLimits.DaySeconds;
}
