using System.Globalization;
using System.Text;
using Google.Protobuf;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>A script for any implementation, as it is written: what is done to the virtual controller, what it answers and shows. See the README of the vectors.</summary>
internal sealed class BehaviourScript
{
    private const ulong Boot = 0x0123_4567_89ab_cdef;
    private const long FirstSecond = 1_000;
    private const ulong KeptEpoch = 2;

    private readonly StringBuilder lines = new();
    private readonly OrderGate gate;
    private readonly ByteString checksum;

    public BehaviourScript(IntersectionSignals signals, ByteString checksum)
    {
        this.checksum = checksum;
        gate = new(VirtualController.ColdStart(signals, FirstSecond), Boot, checksum, new EpochInMemory(KeptEpoch));
        Line($"start {Boot} {FirstSecond} {FirstSecond} {KeptEpoch}");
    }

    public VirtualController Controller => gate.Controller;

    public override string ToString() => lines.ToString();

    /// <summary>The head of an order to this controller.</summary>
    public Wire.OrderHead Head(ulong epoch, ulong sequence) => new() { Epoch = epoch, Sequence = sequence, Boot = Boot, Configuration = checksum };

    public void Send(Wire.Plan plan) => Line($"plan {Convert.ToHexStringLower(plan.ToByteArray())} {VectorFiles.OutcomeName(gate.Take(plan))}");

    public void Send(Wire.ModeRequest request) => Line($"mode {Convert.ToHexStringLower(request.ToByteArray())} {VectorFiles.OutcomeName(gate.Take(request))}");

    /// <summary>Something is done at the cabinet.</summary>
    public void Hand(string name, Action<VirtualController> act)
    {
        Line($"{name}");
        act(Controller);
    }

    /// <summary>A second passes.</summary>
    public void Step()
    {
        Controller.Step();
        var (state, mode) = (Controller.State, Controller.Mode);
        var lamps = string.Concat(state.Lamps.Select(lamp => "-RuGfAo"[(int)lamp]));
        Line($"second {(int)mode + 1} {state.Phase.Number} {state.Next?.Number ?? 0} {state.Elapsed} {state.LampSequence} {lamps}");
    }

    private void Line(FormattableString line) => lines.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
