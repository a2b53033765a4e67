using Akka.Actor;
using TrafficAI.Runtime;

namespace TrafficAI.Akka;

/// <summary>One intersection as an actor of Akka.NET. All that it knows is in its <see cref="IntersectionActor"/>, which recovers from the log.</summary>
internal sealed class IntersectionShell : ReceiveActor
{
    private readonly IntersectionActor intersection;
    private readonly ActorsAtWork work;
    private readonly Places places;

    public IntersectionShell(IntersectionActor intersection, ActorsAtWork work, Places places)
    {
        (this.intersection, this.work, this.places) = (intersection, work, places);
        ReceiveAsync<IntersectionInput>(TakeAsync);
    }

    protected override void PreStart() => RunTask(() => OrGiveUpAsync(() => intersection.StartAsync(work.Post, work.Stop)));

    protected override void PostRestart(Exception reason) => RunTask(() => OrGiveUpAsync(async () =>
    {
        await intersection.RestartAsync(reason, work.Stop);
        work.Settled();
    }));

    private async Task TakeAsync(IntersectionInput input)
    {
        places.Free();
        try
        {
            await intersection.TakeAsync(input, work.Post, work.Stop);
        }
        catch (OperationCanceledException e)
        {
            GiveUp(e);
            return;
        }

        work.Settled();
    }

    private async Task OrGiveUpAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e)
        {
            GiveUp(e);
        }
    }

    private void GiveUp(Exception e)
    {
        if (e is not OperationCanceledException || !work.Stop.IsCancellationRequested) work.Failed(intersection, e);
        Context.Stop(Self);
    }
}
