using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>Stands before one controller of a street: takes what is ordered to it. Called on the street's thread.</summary>
public interface IControllerGate
{
    /// <summary>Takes a plan to the controller.</summary>
    /// <returns>Whether it was accepted.</returns>
    bool Take(PhasePlan plan);

    /// <summary>Carries out what else has been ordered, before the next second.</summary>
    void BeforeSecond();

    /// <summary>A vehicle asks for priority.</summary>
    /// <returns>The number of the request.</returns>
    uint Ask(VehicleAsk ask);

    /// <summary>It asks no more; nothing happens when the request has come to an end.</summary>
    void Cancel(uint request);
}

/// <summary>Nothing but plans comes, and the controller alone judges them.</summary>
/// <param name="asked">Told of every priority request; null for nobody.</param>
public sealed class OpenGate(VirtualController controller, Action<IntersectionId, PriorityRequest>? asked = null) : IControllerGate
{
    private const ulong Boot = 1;
    private readonly Dictionary<uint, PriorityRequest> running = [];
    private uint newest;

    public uint Ask(VehicleAsk ask)
    {
        var request = new PriorityRequest(Boot, ++newest, (int)ask.Group - 1, ask.Class, controller.Second + 1 + ask.ArrivesInSeconds, false)
        {
            Persons = ask.Persons,
            LateSeconds = ask.LateSeconds,
        };
        running.Add(newest, request);
        asked?.Invoke(controller.Signals.Id, request);
        return newest;
    }

    public void Cancel(uint request)
    {
        if (running.Remove(request, out var found)) asked?.Invoke(controller.Signals.Id, found with { IsCancelled = true });
    }

    public bool Take(PhasePlan plan) => controller.Accept(plan) == PlanReply.Accepted;

    public void BeforeSecond()
    {
    }
}
