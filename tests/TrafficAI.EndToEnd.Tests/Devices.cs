using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>What drives the signals of a street, started cold.</summary>
internal interface IDevice
{
    /// <summary>The lamps of the second that was shown last.</summary>
    SignalState State { get; }

    /// <summary>The frame after that second.</summary>
    Frame Frame(DetectorReadings readings);

    /// <returns>Whether it obeys.</returns>
    bool Take(PhasePlan plan);

    void Step();
}

/// <summary>The controller in C#.</summary>
internal sealed class VirtualDevice(IntersectionSignals signals, long second) : IDevice
{
    private readonly VirtualController controller = VirtualController.ColdStart(signals, second);

    public SignalState State => controller.State;

    public Frame Frame(DetectorReadings readings) => new(signals.Id, controller.Second + 1, controller.Mode, State, readings, controller.Violation);

    public bool Take(PhasePlan plan) => controller.Accept(plan) == PlanReply.Accepted;

    public void Step() => controller.Step();
}

/// <summary>The controller in C, a process; plans and frames are the bytes of the contract.</summary>
internal sealed class ReferenceDevice : IDevice, IDisposable
{
    public static readonly string Program = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Checkout.FourArm))!, "artifacts", "reference", "tai_lockstep");

    private const ulong Boot = 77;

    private readonly IntersectionModel model;
    private readonly ByteString checksum;
    private readonly Process process;
    private long second;

    public ReferenceDevice(IntersectionModel model, long second, string configurationFile)
    {
        (this.model, this.second) = (model, second);
        var configuration = ConfigurationWriter.Write(model.Signals, model.Intersection.Detectors);
        checksum = ConfigurationWriter.Checksum(configuration);
        File.WriteAllBytes(configurationFile, configuration.ToByteArray());
        process = Process.Start(new ProcessStartInfo(Program, [configurationFile, $"{Boot}", second.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
    }

    public SignalState State => Read().Signals;

    public Frame Frame(DetectorReadings readings) => Read() with { Readings = readings };

    public bool Take(PhasePlan plan)
    {
        Tell('P', PlanWriter.Write(plan, Boot, (ulong)plan.BasedOnSecond, checksum).ToByteArray());
        return process.StandardOutput.BaseStream.ReadByte() == (int)FieldBus.Wire.Outcome.Accepted;
    }

    public void Step()
    {
        Tell('S', []);
        second++;
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private Frame Read()
    {
        Tell('F', []);
        var length = new byte[4];
        process.StandardOutput.BaseStream.ReadExactly(length);
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        process.StandardOutput.BaseStream.ReadExactly(bytes);
        return WireReader.TryRead(MessageKind.Frame, bytes, out var message, out var refusal)
            ? FrameReader.Read(model.Signals.Id, (FieldBus.Wire.Frame)message, second)
            : throw new InvalidOperationException(refusal!.Text);
    }

    private void Tell(char command, byte[] bytes)
    {
        var to = process.StandardInput.BaseStream;
        var head = new byte[5];
        head[0] = (byte)command;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), bytes.Length);
        to.Write(head);
        to.Write(bytes);
        to.Flush();
    }
}
