using Google.Protobuf;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>Stands before a virtual controller and takes the orders of the contract, as the specification asks of every controller. Not
/// thread-safe.</summary>
/// <param name="controller">Its street seconds are the sequences of its frames.</param>
/// <param name="boot">Of the controller; not 0.</param>
/// <param name="configuration">Checksum of the configuration in force.</param>
/// <param name="epochs">Where the highest epoch ever obeyed is kept.</param>
public sealed class OrderGate(VirtualController controller, ulong boot, ByteString configuration, IEpochStore epochs)
{
    private readonly ulong[] sequences = new ulong[(int)Wire.OrderKind.Time + 1];

    public VirtualController Controller => controller;

    public ulong Boot => boot;

    /// <summary>Why an order is not meant for this controller as it is now, whatever it wants; null if it is.</summary>
    public Wire.Outcome? Judge(Wire.OrderHead head) => head.Boot != boot
        ? Wire.Outcome.OtherBoot
        : head.Configuration != configuration ? Wire.Outcome.OtherConfiguration : null;

    /// <summary>Takes a plan that has kept its grammar, or says why not.</summary>
    public Wire.Outcome Take(Wire.Plan message) =>
        Judge(message.Head) ?? Take(PlanReader.Read(controller.Signals.Id, message, (long)message.BaseSequence));

    /// <summary>Takes a plan whose head has been judged, or says why not.</summary>
    public Wire.Outcome Take(PhasePlan plan)
    {
        if (plan.BasedOnSecond > controller.Second + 1 || plan.BasedOnLamps > controller.State.LampSequence) return Wire.Outcome.UnknownBase;
        if (controller.Mode == ControlMode.Fault) return Wire.Outcome.Fault;
        if (controller.Mode == ControlMode.Off) return Wire.Outcome.Off;
        if ((ulong)plan.Epoch < epochs.Highest) return Wire.Outcome.OlderEpoch;
        var reply = controller.Judge(plan);
        if (reply != PlanReply.Accepted) return OutcomeOf(reply);
        if (!Keep((ulong)plan.Epoch)) return Wire.Outcome.NotSupported;
        controller.Accept(plan);
        return Wire.Outcome.Accepted;
    }

    /// <summary>Takes a person's wish that has kept its grammar, or says why not. A fault is released at the cabinet only.</summary>
    public Wire.Outcome Take(Wire.ModeRequest message)
    {
        if (JudgeOrder(Wire.OrderKind.Mode, message.Head) is { } refused) return refused;
        if (message.Wish == Wire.ModeRequest.Types.Wish.Release) return Wire.Outcome.NotSupported;
        if (controller.Mode == ControlMode.Fault) return Wire.Outcome.Fault;
        if (!Obey(Wire.OrderKind.Mode, message.Head)) return Wire.Outcome.NotSupported;
        if (message.Wish == Wire.ModeRequest.Types.Wish.On) controller.SwitchOn();
        else controller.SwitchOff(message.ExpiresAfterSeconds > 0 ? (int)message.ExpiresAfterSeconds : null);
        return Wire.Outcome.Accepted;
    }

    /// <summary>Takes an order of another kind that has kept its grammar, or says why not.</summary>
    /// <param name="isFor">Whether there is anything here that it is for; asked when nothing else stands against it.</param>
    public Wire.Outcome Take(Wire.OrderKind kind, Wire.OrderHead head, Func<bool> isFor)
    {
        if (JudgeOrder(kind, head) is { } refused) return refused;
        return isFor() && Obey(kind, head) ? Wire.Outcome.Accepted : Wire.Outcome.NotSupported;
    }

    private Wire.Outcome? JudgeOrder(Wire.OrderKind kind, Wire.OrderHead head)
    {
        if (Judge(head) is { } refused) return refused;
        if (head.Epoch < epochs.Highest) return Wire.Outcome.OlderEpoch;
        return head.Epoch == epochs.Highest && head.Sequence <= sequences[(int)kind] ? Wire.Outcome.Stale : null;
    }

    private bool Obey(Wire.OrderKind kind, Wire.OrderHead head)
    {
        if (!Keep(head.Epoch)) return false;
        sequences[(int)kind] = head.Sequence;
        return true;
    }

    private bool Keep(ulong obeyed)
    {
        if (obeyed == epochs.Highest) return true;
        if (!epochs.TryKeep(obeyed)) return false;
        Array.Clear(sequences);
        return true;
    }

    private static Wire.Outcome OutcomeOf(PlanReply reply) => reply switch
    {
        PlanReply.Accepted => Wire.Outcome.Accepted,
        PlanReply.Stale => Wire.Outcome.Stale,
        PlanReply.LeaseExpired => Wire.Outcome.LeaseExpired,
        PlanReply.UnknownPhase => Wire.Outcome.UnknownPhase,
        PlanReply.WrongIntersection => Wire.Outcome.WrongIntersection,
        PlanReply.Fault => Wire.Outcome.Fault,
        PlanReply.Off => Wire.Outcome.Off,
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply, "This answer has no word in the contract."),
    };
}
