using System.Diagnostics;
using System.Globalization;

namespace TrafficAI.Fuzz;

/// <summary>Gives a target input after input, and keeps what it should not have done.</summary>
internal sealed class FuzzLoop(string name, IFuzzTarget target, int seed)
{
    /// <summary>No input takes longer.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(2);

    /// <summary>An input that takes so long will never end.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private const int MostFailures = 20;

    private readonly HashSet<string> failures = new(StringComparer.Ordinal);
    private long executions;
    private long refused;
    private TimeSpan slowest;
    private byte[] current = [];
    private long since;

    /// <returns>The number of different failures.</returns>
    public int Run(TimeSpan duration)
    {
        using var watchdog = new Timer(_ => Watch(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration && failures.Count < MostFailures)
        {
            var input = target.Make(new Random(unchecked(seed * 1_000_003 + (int)executions)));
            var took = One(input);
            if (took > slowest && executions >= 100) slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Math.Min(took.Ticks, Again(input).Ticks)));
            if (slowest > LongestRead) Fail(input, $"took {slowest.TotalSeconds:0.0} s and more, twice");
            executions++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}, seed {seed}, {watch.Elapsed.TotalSeconds:0} s: {executions:N0} executions, {100.0 * refused / Math.Max(1, executions):0.0} % refused, "
            + $"slowest {slowest.TotalMilliseconds:0} ms, {failures.Count} failures"));
        return failures.Count;
    }

    /// <summary>Reads one input.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan One(byte[] input)
    {
        current = input;
        var start = Stopwatch.GetTimestamp();
        Volatile.Write(ref since, start);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (!target.Read(input)) refused++;
        }
        catch (Exception e) when (target.IsRefusal(e))
        {
            refused++;
            if (e.Message.Contains('\n', StringComparison.Ordinal)) Fail(input, $"refused in more than one line: {e.Message}");
        }
        catch (Exception e)
        {
            var at = string.Join(" < ", e.StackTrace?.Split('\n').Select(line => line.Trim()).Take(6) ?? []);
            Fail(input, $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} {at}", $"{e.GetType().Name} {at}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > target.MostBytes(input.Length)) Fail(input, $"allocated {allocated >> 10} KB for {input.Length} bytes");
        Volatile.Write(ref since, 0);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>A second time: another process may have taken the first.</summary>
    private TimeSpan Again(byte[] input)
    {
        var counted = refused;
        var took = One(input);
        refused = counted;
        return took;
    }

    private void Watch()
    {
        var start = Volatile.Read(ref since);
        if (start == 0 || Stopwatch.GetElapsedTime(start) < Hang) return;
        Fail(current, "does not end");
        Environment.Exit(1);
    }

    /// <summary>Says what went wrong and keeps the input; the same failure is kept once.</summary>
    /// <param name="kind">What tells it from others; by default the words without their numbers.</param>
    private void Fail(byte[] input, string what, string? kind = null)
    {
        if (!failures.Add(kind ?? new string([.. what.Where(c => !char.IsAsciiDigit(c))]))) return;
        var file = Path.Combine(Path.GetTempPath(), $"fuzz-{name}-{seed}-{executions}.bin");
        File.WriteAllBytes(file, input);
        Console.WriteLine($"FAILURE {name}, seed {seed}, execution {executions}, kept as {file}: {what}");
    }
}
