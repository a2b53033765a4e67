namespace TrafficAI.FieldBus.Conformance;

/// <summary>A request for priority and the answers to it.</summary>
internal static class PriorityTrial
{
    private const int RequestSeconds = 60;
    private const uint Nobody = 4_000_000_000;

    public static async Task RunAsync(Bench bench, CancellationToken stop)
    {
        bench.Findings.Check("C-PRIO-03", await AnswerAsync(bench, Nobody, Wire.PriorityState.Queued, stop) == Wire.Outcome.NotSupported, "an answer to a request that was never made");
        if (!bench.Has(Hand.AskPriority))
        {
            foreach (var rule in (string[])["C-PRIO-01", "C-PRIO-02", "C-PRIO-04", "C-PRIO-05", "C-PRIO-06"]) bench.Findings.NotRun(rule, "give --priority-command");
            return;
        }

        var request = await RequestAsync(bench, stop);
        var good = request is { State: Wire.PriorityState.Requested } && request.Group <= bench.Signals.Groups.Length;
        bench.Findings.Check("C-PRIO-01", good, request is null ? $"no request in {RequestSeconds} s" : $"request {request.Request} for group {request.Group}: {request.State}");
        if (request is not null) await AnswersAsync(bench, request, stop);
        if (await RequestAsync(bench, stop) is { } second) await RejectAsync(bench, second.Request, stop);
        else bench.Findings.Check("C-PRIO-06", false, $"no second request in {RequestSeconds} s");
    }

    private static async Task<Wire.PriorityRequest?> RequestAsync(Bench bench, CancellationToken stop)
    {
        var before = bench.Transcript.Requests.Count;
        await bench.DoAsync(Hand.AskPriority, stop);
        await bench.UntilAsync(_ => bench.Transcript.Requests.Count > before, RequestSeconds, stop);
        return bench.Transcript.Requests.Skip(before).FirstOrDefault();
    }

    private static async Task RejectAsync(Bench bench, uint request, CancellationToken stop)
    {
        var rejected = await AnswerAsync(bench, request, Wire.PriorityState.Rejected, stop, Wire.PriorityRefusal.NotLate);
        var after = await AnswerAsync(bench, request, Wire.PriorityState.Queued, stop);
        bench.Findings.Check("C-PRIO-06", (rejected, after) == (Wire.Outcome.Accepted, Wire.Outcome.NotSupported), $"REJECTED, NOT_LATE: {Word(rejected)}; an answer after it: {Word(after)}");
    }

    private static string Word(Wire.Outcome? outcome) => outcome?.ToString() ?? "no reply";

    private static async Task AnswersAsync(Bench bench, Wire.PriorityRequest request, CancellationToken stop)
    {
        bench.PriorityFrom = (bench.Newest.Boot, bench.Newest.Sequence);
        foreach (var state in (Wire.PriorityState[])[Wire.PriorityState.Queued, Wire.PriorityState.Activated, Wire.PriorityState.Completed])
        {
            var outcome = await AnswerAsync(bench, request.Request, state, stop);
            bench.Findings.Check("C-PRIO-02", outcome == Wire.Outcome.Accepted, $"{state}: {Word(outcome)}");
            await bench.PassAsync(5, stop);
        }

        bench.PriorityTo = bench.Newest.Sequence;
    }

    private static async Task<Wire.Outcome?> AnswerAsync(Bench bench, uint request, Wire.PriorityState state, CancellationToken stop, Wire.PriorityRefusal refusal = Wire.PriorityRefusal.Unspecified)
    {
        var answer = new Wire.PriorityAnswer { Head = bench.Head(MessageKind.PriorityAnswer), Request = request, State = state, Refusal = refusal };
        return (await bench.SendAsync(MessageKind.PriorityAnswer, answer.Head, answer, stop))?.Outcome;
    }
}
