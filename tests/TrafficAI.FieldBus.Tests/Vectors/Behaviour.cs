using System.Globalization;
using System.Text;
using Google.Protobuf;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>What a controller does second by second under orders, hands at the cabinet and faults: a script that any implementation can run.
/// Drawn from a seed; what it answers and shows is the virtual controller's.</summary>
internal sealed class Behaviour
{
    private const int Seconds = 900;
    private const ulong Boot = 0x0123_4567_89ab_cdef;
    private const long FirstSecond = 1_000;

    private readonly StringBuilder script = new();
    private readonly OrderGate gate;
    private readonly ByteString checksum;
    private readonly SplitMix64 chance;
    private ulong epoch = 3;
    private ulong planSequence;
    private ulong modeSequence;
    private Wire.Plan? last;

    private Behaviour(IntersectionSignals signals, ByteString checksum, ulong seed)
    {
        (this.checksum, chance) = (checksum, new(seed));
        gate = new(VirtualController.ColdStart(signals, FirstSecond), Boot, checksum, new EpochInMemory(2));
    }

    /// <summary>Lines of the script; see the README of the vectors.</summary>
    public static string Of(IntersectionSignals signals, ByteString checksum, ulong seed)
    {
        var run = new Behaviour(signals, checksum, seed);
        run.Line($"start {Boot} {FirstSecond} {FirstSecond} 2");
        for (var second = 0; second < Seconds; second++)
        {
            run.Act(second);
            run.gate.Controller.Step();
            run.Show();
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
            case 0: Line("off"); gate.Controller.SwitchOff(); break;
            case 1 or 2 or 3: Line("on"); gate.Controller.SwitchOn(); break;
            case 4 or 5: Line("fail"); gate.Controller.Fail(); break;
            default: break;
        }

        if (gate.Controller.Mode == ControlMode.Fault && Draw(12) == 0)
        {
            Line("release");
            gate.Controller.Release();
        }
    }

    private void Plan()
    {
        if (Draw(200) == 0) (epoch, planSequence, modeSequence) = (epoch + 1, 0, 0);
        var controller = gate.Controller;
        var plan = Draw(15) == 0 && last is not null ? last : new Wire.Plan
        {
            Head = Head(++planSequence),
            BaseSequence = (ulong)(controller.Second + 1 - Draw(3)),
            BaseLamps = (ulong)controller.State.LampSequence,
            LeaseSeconds = (uint)(Draw(10) == 0 ? Draw(4) : 30),
            CommittedUntil = Draw(5),
            Decision = (ulong)Draw(100_000),
            Entries = { Enumerable.Range(0, Draw(20) == 0 ? 0 : 1 + Draw(3)).Select(i => Entry(i, controller.Signals.Phases.Length)) },
        };
        var sent = Spoilt(plan);
        Line($"plan {Convert.ToHexStringLower(sent.ToByteArray())} {VectorFiles.OutcomeName(gate.Take(sent))}");
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
            Head = Head(Draw(8) == 0 ? 1 : ++modeSequence), Reason = "a drill",
            Wish = (Wire.ModeRequest.Types.Wish)(1 + Draw(Draw(5) == 0 ? 3 : 2)), ExpiresAfterSeconds = (uint)(Draw(2) * 40),
        };
        if (Draw(10) == 0) request.Head.Epoch = 1;
        Line($"mode {Convert.ToHexStringLower(request.ToByteArray())} {VectorFiles.OutcomeName(gate.Take(request))}");
    }

    private Wire.OrderHead Head(ulong sequence) => new() { Epoch = epoch, Sequence = sequence, Boot = Boot, Configuration = checksum };

    private void Show()
    {
        var (state, mode) = (gate.Controller.State, gate.Controller.Mode);
        var lamps = string.Concat(state.Lamps.Select(lamp => "-RuGfAo"[(int)lamp]));
        Line($"second {(int)mode + 1} {state.Phase.Number} {state.Next?.Number ?? 0} {state.Elapsed} {state.LampSequence} {lamps}");
    }

    private int Draw(int below) => chance.NextBetween(0, below - 1);

    private void Line(FormattableString line) => script.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Line(string line) => script.Append(line).Append('\n');
}
