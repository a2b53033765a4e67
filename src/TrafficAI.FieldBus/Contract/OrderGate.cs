using Google.Protobuf;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>Stands before a virtual controller and takes the orders of the contract, as the specification asks of every controller. Not
/// thread-safe.</summary>
/// <param name="controller">Its street seconds are the sequences of its frames.</param>
/// <param name="boot">Of the controller; not 0.</param>
/// <param name="configuration">Checksum of the configuration in force.</param>
/// <param name="epoch">The highest epoch ever obeyed, as kept through a restart; 0 for none.</param>
public sealed class OrderGate(VirtualController controller, ulong boot, ByteString configuration, ulong epoch = 0)
{
    private ulong modeSequence;
    private long offUntil = long.MaxValue;

    public VirtualController Controller => controller;

    public ulong Boot => boot;

    /// <summary>The highest epoch obeyed: what a controller keeps through a restart.</summary>
    public ulong Epoch { get; private set; } = epoch;

    /// <summary>Takes a plan that has kept its grammar, or says why not.</summary>
    public Wire.Outcome Take(Wire.Plan message)
    {
        if (Head(message.Head) is { } refused) return refused;
        if (message.BaseSequence > (ulong)(controller.Second + 1) || message.BaseLamps > (ulong)controller.State.LampSequence) return Wire.Outcome.UnknownBase;
        if (controller.Mode == ControlMode.Fault) return Wire.Outcome.Fault;
        if (controller.Mode == ControlMode.Off) return Wire.Outcome.Off;
        if (message.Head.Epoch < Epoch) return Wire.Outcome.OlderEpoch;
        var outcome = OutcomeOf(controller.Accept(PlanReader.Read(controller.Signals.Id, message, (long)message.BaseSequence)));
        if (outcome == Wire.Outcome.Accepted) Keep(message.Head.Epoch);
        return outcome;
    }

    /// <summary>Takes a person's wish that has kept its grammar, or says why not. A fault is released at the cabinet only.</summary>
    public Wire.Outcome Take(Wire.ModeRequest message)
    {
        var head = message.Head;
        if (Head(head) is { } refused) return refused;
        if (head.Epoch < Epoch) return Wire.Outcome.OlderEpoch;
        if (head.Epoch == Epoch && head.Sequence <= modeSequence) return Wire.Outcome.Stale;
        if (message.Wish == Wire.ModeRequest.Types.Wish.Release) return Wire.Outcome.NotSupported;
        if (controller.Mode == ControlMode.Fault) return Wire.Outcome.Fault;
        Keep(head.Epoch);
        modeSequence = head.Sequence;
        if (message.Wish == Wire.ModeRequest.Types.Wish.On) SwitchOn();
        else SwitchOff();
        if (message.Wish == Wire.ModeRequest.Types.Wish.Off && message.ExpiresAfterSeconds > 0)
            offUntil = controller.Second + 1 + message.ExpiresAfterSeconds;
        return Wire.Outcome.Accepted;
    }

    /// <summary>See <see cref="VirtualController.SwitchOff"/>; whoever was to expire before does so no more.</summary>
    public void SwitchOff()
    {
        if (controller.Mode != ControlMode.Fault) offUntil = long.MaxValue;
        controller.SwitchOff();
    }

    /// <summary>See <see cref="VirtualController.SwitchOn"/>.</summary>
    public void SwitchOn()
    {
        offUntil = long.MaxValue;
        controller.SwitchOn();
    }

    /// <summary>Moves the controller on by one second.</summary>
    public void Step(Calls calls = default)
    {
        if (controller.Second + 1 >= offUntil) SwitchOn();
        controller.Step(calls);
    }

    private Wire.Outcome? Head(Wire.OrderHead head) => head.Boot != boot
        ? Wire.Outcome.OtherBoot
        : head.Configuration != configuration ? Wire.Outcome.OtherConfiguration : null;

    private void Keep(ulong obeyed)
    {
        if (obeyed != Epoch) modeSequence = 0;
        Epoch = obeyed;
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
