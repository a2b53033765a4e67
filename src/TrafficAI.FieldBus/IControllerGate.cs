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

/// <summary>A controller within the process: it alone judges what comes.</summary>
public sealed class OpenGate : IControllerGate
{
    private const ulong Boot = 1;
    private readonly VirtualController controller;
    private readonly Action<IntersectionId, PriorityRequest>? asked;
    private readonly Dictionary<uint, PriorityRequest> running = [];
    private readonly List<ModeOrder> orders = [];
    private uint newest;

    /// <param name="asked">Told of every priority request; null for nobody.</param>
    /// <param name="bus">Brings the orders of operators; null for none.</param>
    public OpenGate(VirtualController controller, Action<IntersectionId, PriorityRequest>? asked = null, InprocBus? bus = null)
    {
        (this.controller, this.asked) = (controller, asked);
        bus?.SubscribeModes(Hear, controller.Signals.Id);
    }

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
        lock (orders)
        {
            foreach (var order in orders)
            {
                if (order.IsOff) controller.SwitchOff(order.Seconds);
                else controller.SwitchOn();
            }

            orders.Clear();
        }
    }

    // Called on the actors' threads.
    private void Hear(ModeOrder order)
    {
        lock (orders) orders.Add(order);
    }
}
