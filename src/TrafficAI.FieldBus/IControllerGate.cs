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
}

/// <summary>Nothing but plans comes, and the controller alone judges them.</summary>
public sealed class OpenGate(VirtualController controller) : IControllerGate
{
    public bool Take(PhasePlan plan) => controller.Accept(plan) == PlanReply.Accepted;

    public void BeforeSecond()
    {
    }
}
