using Akka.Actor;

namespace TrafficAI.Akka;

/// <summary>A part of a site as an entity of the cluster: it is served as long as this actor lives.</summary>
internal sealed class PartShell : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly int part;
    private readonly PartsHere here;
    private Action stop = () => { };
    private bool isLeaving;
    private bool isServing;

    public PartShell(int part, PartsHere here)
    {
        (this.part, this.here) = (part, here);
        Receive<Told>(told => here.Work.Hear(part, told.Read()));
        Receive<Begin>(_ => Serve());
        Receive<Ended>(_ => End());
        Receive<HandOver>(_ => Leave());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Serve();

    protected override void PostStop() => stop();

    private void Serve()
    {
        if (isLeaving) return;
        isServing = true;
        (var ended, stop) = here.Begin(part);
        ended.PipeTo(Self, success: () => Ended.Instance);
    }

    // It did not come about, or the log is still another's: once more.
    private void End()
    {
        isServing = false;
        if (isLeaving) Context.Stop(Self);
        else Timers.StartSingleTimer(nameof(Begin), Begin.Instance, Pause);
    }

    private void Leave()
    {
        isLeaving = true;
        stop();
        if (!isServing) Context.Stop(Self);
    }

    private sealed class Begin
    {
        public static readonly Begin Instance = new();
    }

    private sealed class Ended
    {
        public static readonly Ended Instance = new();
    }
}

/// <summary>The part is wanted elsewhere: its entity ends it in order, then stops.</summary>
internal sealed class HandOver
{
    public static readonly HandOver Instance = new();
}
