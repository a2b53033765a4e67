using Google.Protobuf;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>What a controller does second by second under orders, hands at the cabinet and faults: a script that any implementation can run.
/// Drawn from a seed; what it answers and shows is the virtual controller's.</summary>
internal sealed class Behaviour
{
    private const int Seconds = 900;

    private readonly BehaviourScript script;
    private readonly SplitMix64 chance;
    private ulong epoch = 3;
    private ulong planSequence;
    private ulong modeSequence;
    private Wire.Plan? last;

    private Behaviour(IntersectionSignals signals, ByteString checksum, ulong seed) => (script, chance) = (new(signals, checksum), new(seed));

    /// <summary>Lines of the script; see the README of the vectors.</summary>
    public static string Of(IntersectionSignals signals, ByteString checksum, ulong seed)
    {
        var run = new Behaviour(signals, checksum, seed);
        for (var second = 0; second < Seconds; second++)
        {
            run.Act(second);
            run.script.Step();
        }

        return run.script.ToString();
    }

    private void Act(int second)
    {
        // Now and then the link is down for longer than a lease.
        if (second % 300 < 200 && Draw(4) == 0) Plan();
        if (Draw(40) == 0) Mode();
        switch (Draw(500))
        {
            case 0: script.Hand("off", controller => controller.SwitchOff()); break;
            case 1 or 2 or 3: script.Hand("on", controller => controller.SwitchOn()); break;
            case 4 or 5: script.Hand("fail", controller => controller.Fail()); break;
            default: break;
        }

        if (script.Controller.Mode == ControlMode.Fault && Draw(12) == 0) script.Hand("release", controller => controller.Release());
    }

    private void Plan()
    {
        if (Draw(200) == 0) (epoch, planSequence, modeSequence) = (epoch + 1, 0, 0);
        var controller = script.Controller;
        var plan = Draw(15) == 0 && last is not null ? last : new Wire.Plan
        {
            Head = script.Head(epoch, ++planSequence),
            BaseSequence = (ulong)(controller.Second + 1 - Draw(3)),
            BaseLamps = (ulong)controller.State.LampSequence,
            LeaseSeconds = (uint)(Draw(10) == 0 ? Draw(4) : 30),
            CommittedUntil = Draw(5),
            Decision = (ulong)Draw(100_000),
            Entries = { Enumerable.Range(0, Draw(20) == 0 ? 0 : 1 + Draw(3)).Select(i => Entry(i, controller.Signals.Phases.Length)) },
            AllRedUntil = controller.Signals.AllRedExtensionSeconds == 0 || Draw(3) == 0 ? 0 : (uint)Draw(16),
        };
        script.Send(Spoilt(plan));
        last = plan;
    }

    /// <summary>Now and then an order that must be refused.</summary>
    private Wire.Plan Spoilt(Wire.Plan plan) => Draw(60) switch
    {
        0 => plan.With(p => p.Head.Boot++),
        1 => plan.With(p => p.Head.Configuration = ByteString.CopyFrom(new byte[32])),
        2 => plan.With(p => p.BaseSequence += 10),
        3 => plan.With(p => p.BaseLamps += 3),
        4 => plan.With(p => p.Head.Epoch = 1),
        5 => plan.With(p => p.Head.Sequence = 1),
        6 => plan.With(p => p.Decision++),
        7 => plan.With(p => p.BaseSequence -= 40),
        _ => plan,
    };

    private Wire.PlanEntry Entry(int index, int phases)
    {
        var planned = index * 8 + Draw(8) - 2;
        return new() { Phase = (uint)(1 + Draw(phases + (Draw(60) == 0 ? 1 : 0))), Earliest = planned, Planned = planned, Latest = planned + 10 };
    }

    private void Mode()
    {
        var request = new Wire.ModeRequest
        {
            Head = script.Head(epoch, Draw(8) == 0 ? 1 : ++modeSequence), Reason = "a drill",
            Wish = (Wire.ModeRequest.Types.Wish)(1 + Draw(Draw(5) == 0 ? 3 : 2)), ExpiresAfterSeconds = (uint)(Draw(2) * 40),
        };
        if (Draw(10) == 0) request.Head.Epoch = 1;
        script.Send(request);
    }

    private int Draw(int below) => chance.NextBetween(0, below - 1);
}
