using TrafficAI.Simulation;

namespace TrafficAI.Benchmarks;

/// <summary>Threads that stay, and wait for their next part on the processor: the parts of a step are too short to be woken for.</summary>
internal sealed class SpinningThreads : IWorkers, IDisposable
{
    private Action<int> part = _ => { };
    private int round;
    private int left;
    private volatile bool ended;

    public SpinningThreads(int count)
    {
        Count = count;
        for (var i = 1; i < count; i++)
        {
            var own = i;
            new Thread(() => Work(own)) { IsBackground = true }.Start();
        }
    }

    public int Count { get; }

    public void Run(Action<int> part)
    {
        (this.part, left) = (part, Count - 1);
        Interlocked.Increment(ref round);
        part(0);
        var wait = default(SpinWait);
        while (Volatile.Read(ref left) > 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    public void Dispose() => ended = true;

    private void Work(int own)
    {
        for (var done = 0; ; done++)
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref round) == done)
            {
                if (ended) return;
                wait.SpinOnce(sleep1Threshold: -1);
            }

            part(own);
            Interlocked.Decrement(ref left);
        }
    }
}
