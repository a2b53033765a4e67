using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>The reference controller in C on its leash, second by second beside the virtual controller, under the same random plans. <c>./test</c> builds it.</summary>
public sealed class ReferenceLockstepTests
{
    private const int Seconds = 6000;
    private const long FirstSecond = 10_000;

    [Theory]
    [InlineData("four-arm", ControlClass.Site, null, 0, false)]
    [InlineData("four-arm", ControlClass.Site, null, 10, true)]
    [InlineData("four-arm", ControlClass.Site, 190, 4, true)]
    [InlineData("four-arm", ControlClass.S, 120, 4, false)]
    [InlineData("corridor", ControlClass.S, 120, 4, false)]
    [InlineData(null, ControlClass.Site, null, 10, true)]
    [InlineData(null, ControlClass.Site, 60, 4, true)]
    public void Both_show_the_same_under_plans_that_ask_for_longer_all_red(string? scenario, ControlClass controlClass, int? maximumRed, int extension, bool lengthens)
    {
        Assert.SkipUnless(File.Exists(Reference.Program), "The reference controller is not built: run ./test.");
        var signals = (scenario is null ? ConfigurationReader.Read(AllRedBehaviour.Configuration()) : SignalsOf(scenario, controlClass)) with
        {
            MaximumRedSeconds = maximumRed, AllRedExtensionSeconds = extension,
        };
        var configuration = ConfigurationWriter.Write(signals, []);
        var checksum = ConfigurationWriter.Checksum(configuration);
        var gate = new OrderGate(VirtualController.ColdStart(signals, FirstSecond), Reference.Boot, checksum, new EpochInMemory());
        using var reference = new Reference(configuration, FirstSecond);
        var (chance, standing) = (new SplitMix64((ulong)(extension + (maximumRed ?? 0))), 0);
        for (var second = 0; second < Seconds; second++)
        {
            if (chance.NextBetween(0, 3) == 0)
            {
                var plan = RandomPlan(gate.Controller, checksum, chance, (ulong)second + 1);
                Assert.Equal(gate.Take(plan), reference.Take(plan));
            }

            var before = gate.Controller.State;
            gate.Controller.Step();
            reference.Step();
            var now = gate.Controller.State;
            Assert.Equal(Text(gate.Controller.Mode, now), Text(reference.Frame()));
            if ((before.Phase, before.Next, before.Elapsed) == (now.Phase, now.Next, now.Elapsed)) standing++;
        }

        Assert.Equal(lengthens, standing > 0);
    }

    private static IntersectionSignals SignalsOf(string scenario, ControlClass controlClass)
    {
        var file = Path.Combine(VectorFiles.Checkout, "simulations", scenario, $"{scenario}.net.xml");
        var network = NetworkReader.Read(File.ReadAllBytes(file), file);
        return SignalsBuilder.Build(network, network.Intersections[0], controlClass, SignalProfile.Kz);
    }

    private static Wire.Plan RandomPlan(VirtualController controller, ByteString checksum, SplitMix64 chance, ulong sequence) => new()
    {
        Head = new() { Epoch = 1, Sequence = sequence, Boot = Reference.Boot, Configuration = checksum },
        BaseSequence = (ulong)(controller.Second + 1 - chance.NextBetween(0, 2)),
        BaseLamps = (ulong)controller.State.LampSequence,
        LeaseSeconds = (uint)chance.NextBetween(1, 25),
        AllRedUntil = (uint)(chance.NextBetween(0, 2) * chance.NextBetween(0, 12)),
        Entries = { new Wire.PlanEntry { Phase = (uint)chance.NextBetween(1, controller.Signals.Phases.Length), Planned = chance.NextBetween(-2, 8) } },
    };

    private static string Text(ControlMode mode, SignalState state) => Text(
        (int)mode + 1, state.Phase.Number, state.Next?.Number ?? 0, state.Elapsed, state.LampSequence, state.Lamps.Select(lamp => (int)lamp + 1), state.LampSeconds);

    private static string Text(Wire.Frame frame) => Text(
        (int)frame.Mode, (int)frame.Phase, (int)frame.NextPhase, (int)frame.Elapsed, (long)frame.LampSequence, frame.Lamps.Select(lamp => (int)lamp), frame.LampSeconds.Select(seconds => (int)seconds));

    private static string Text(int mode, int phase, int next, int elapsed, long sequence, IEnumerable<int> lamps, IEnumerable<int> ages) =>
        FormattableString.Invariant($"mode {mode} F{phase}>F{next} {elapsed} s {sequence} {string.Join(',', lamps)} {string.Join(',', ages)}");

    /// <summary>The process.</summary>
    private sealed class Reference : IDisposable
    {
        public const ulong Boot = 77;

        public static readonly string Program = Path.Combine(VectorFiles.Checkout, "artifacts", "reference", "tai_lockstep");

        private readonly string file = Path.GetTempFileName();
        private readonly Process process;

        public Reference(Wire.Configuration configuration, long second)
        {
            File.WriteAllBytes(file, configuration.ToByteArray());
            process = Process.Start(new ProcessStartInfo(Program, [file, Boot.ToString(CultureInfo.InvariantCulture), second.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true,
            })!;
        }

        public Wire.Outcome Take(Wire.Plan plan)
        {
            Tell('P', plan.ToByteArray());
            return (Wire.Outcome)process.StandardOutput.BaseStream.ReadByte();
        }

        public void Step() => Tell('S', []);

        public Wire.Frame Frame()
        {
            Tell('F', []);
            var length = new byte[sizeof(int)];
            process.StandardOutput.BaseStream.ReadExactly(length);
            var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            process.StandardOutput.BaseStream.ReadExactly(bytes);
            return Wire.Frame.Parser.ParseFrom(bytes);
        }

        public void Dispose()
        {
            process.Kill();
            process.Dispose();
            File.Delete(file);
        }

        private void Tell(char command, byte[] bytes)
        {
            var to = process.StandardInput.BaseStream;
            var head = new byte[1 + sizeof(int)];
            head[0] = (byte)command;
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), bytes.Length);
            to.Write(head);
            to.Write(bytes);
            to.Flush();
        }
    }
}
