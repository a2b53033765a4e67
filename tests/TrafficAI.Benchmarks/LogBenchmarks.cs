using BenchmarkDotNet.Attributes;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Benchmarks;

/// <summary>What it costs to record one frame, without the disk: encode, decode, chain, append.</summary>
[MemoryDiagnoser]
public class LogBenchmarks
{
    private static readonly IntersectionId Id = new("A0");
    private readonly StreamChain chain = new();
    private readonly StreamIds ids = new("inputs-A0");
    private Frame frame = null!;
    private ReadOnlyMemory<byte> bytes;
    private RecordedEvent recorded = null!;
    private MemoryEventLog log = null!;
    private long revision;

    [GlobalSetup]
    public void SetUp()
    {
        var objects = Enumerable.Range(0, 20).Select(i => new TrackedObject((ushort)(i / 4), (ushort)(i * 70), 85, ObjectClass.Car, (uint)(1000 + i)));
        var signals = new SignalState(25_199, new PhaseId(1), null, 7, [.. Enumerable.Repeat(Lamp.Red, 8)], [.. Enumerable.Repeat(12, 8)], 311);
        frame = new Frame(Id, 25_200, ControlMode.Plan, signals, new DetectorReadings(Sensing.Full, [.. objects], []));
        bytes = FrameCodec.Encode(frame);
        recorded = new("inputs-A0", 0, 0, FrameCodec.EventType, ids.At(0), bytes);
        (log, revision) = (new MemoryEventLog(), -1);
    }

    [Benchmark(Baseline = true)]
    public ReadOnlyMemory<byte> Encode() => FrameCodec.Encode(frame);

    [Benchmark]
    public Frame Decode() => FrameCodec.Decode(Id, bytes);

    [Benchmark]
    public void Chain() => chain.Add(recorded);

    [Benchmark]
    public async Task AppendToMemory() => revision = await log.AppendAsync("inputs-A0", revision, new EventData(ids.At(revision + 1), FrameCodec.EventType, bytes));
}
