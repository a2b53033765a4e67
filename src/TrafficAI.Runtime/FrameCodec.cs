using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Bytes of a frame as recorded: compact, whole numbers only, so that what is read back is what was seen. A frame that reports a
/// violation has version 2, any other version 1.</summary>
/// <remarks>Layout (v = variable-length unsigned, 7 bits a byte, low first): version · v second · mode · v phase · v next (0 none) ·
/// v elapsed · v lamp sequence · v groups · lamps, two a byte · v lamp seconds each · sensing · v objects · each: v lane step from
/// the one before, v distance, v speed, class, v track · v loops · one bit each whether it says anything · of those: count,
/// v occupancy. Version 2 goes on: v second of the violation · rule · v group · v other group + 1 (0 none) · v bytes of its text ·
/// UTF-8. The intersection is the stream's.</remarks>
public static class FrameCodec
{
    /// <summary>The event type under which frames are recorded.</summary>
    public const string EventType = "frame.v1";

    /// <summary>The event type of frames that report a violation.</summary>
    public const string ViolationType = "frame.v2";

    private const byte Version = 1;
    private const byte ViolationVersion = 2;
    private const int MaximumTextBytes = 1_000;
    private const int MaximumItems = 100_000;

    public static string TypeOf(Frame frame) => frame.Violation is null ? EventType : ViolationType;

    public static bool IsFrame(string eventType) => eventType is EventType or ViolationType;

    public static ReadOnlyMemory<byte> Encode(Frame frame)
    {
        var to = new ByteWriter();
        to.Byte(frame.Violation is null ? Version : ViolationVersion);
        to.Number((ulong)frame.Second);
        to.Byte((byte)frame.Mode);
        WriteSignals(to, frame.Signals);
        to.Byte((byte)frame.Readings.Sensing);
        WriteObjects(to, frame.Readings.Objects);
        WriteLoops(to, frame.Readings.Loops);
        if (frame.Violation is { } violation) WriteViolation(to, violation);
        return to.Written;
    }

    /// <exception cref="RecordException">The bytes are no frame of a known version.</exception>
    public static Frame Decode(IntersectionId intersection, ReadOnlyMemory<byte> bytes)
    {
        var from = new ByteReader(bytes.Span);
        var (version, second) = ReadHead(ref from);
        var mode = (ControlMode)from.Byte();
        var signals = ReadSignals(ref from, second - 1);
        var sensing = (Sensing)from.Byte();
        var objects = ReadObjects(ref from);
        var loops = ReadLoops(ref from);
        var violation = version == ViolationVersion ? ReadViolation(ref from) : null;
        from.End();
        return new Frame(intersection, second, mode, signals, new DetectorReadings(sensing, objects, loops), violation);
    }

    /// <summary>The second of a frame, without reading the rest of it.</summary>
    /// <exception cref="RecordException">The bytes are no frame of a known version.</exception>
    public static long SecondOf(ReadOnlyMemory<byte> bytes)
    {
        var from = new ByteReader(bytes.Span);
        return ReadHead(ref from).Second;
    }

    private static (byte Version, long Second) ReadHead(ref ByteReader from)
    {
        var version = from.Byte();
        if (version is not (Version or ViolationVersion))
            throw new RecordException($"a frame of version {version}, but this build reads versions {Version} and {ViolationVersion}. Use a newer build.");
        return (version, (long)from.Number(long.MaxValue));
    }

    private static void WriteViolation(ByteWriter to, Violation violation)
    {
        to.Number((ulong)violation.Second);
        to.Byte((byte)violation.Rule);
        to.Number((ulong)violation.GroupA);
        to.Number((ulong)(violation.GroupB + 1));
        to.Text(violation.Text);
    }

    private static Violation ReadViolation(ref ByteReader from) => new(
        (long)from.Number(long.MaxValue), (SafetyRule)from.Byte(), (int)from.Number(int.MaxValue), (int)from.Number(int.MaxValue) - 1,
        from.Text(MaximumTextBytes));

    private static void WriteSignals(ByteWriter to, SignalState signals)
    {
        to.Number((ulong)signals.Phase.Number);
        to.Number((ulong)(signals.Next?.Number ?? 0));
        to.Number((ulong)signals.Elapsed);
        to.Number((ulong)signals.LampSequence);
        to.Number((ulong)signals.Lamps.Length);
        for (var i = 0; i < signals.Lamps.Length; i += 2)
        {
            var second = i + 1 < signals.Lamps.Length ? (byte)signals.Lamps[i + 1] : (byte)0;
            to.Byte((byte)((byte)signals.Lamps[i] | second << 4));
        }

        foreach (var seconds in signals.LampSeconds) to.Number((ulong)seconds);
    }

    private static SignalState ReadSignals(ref ByteReader from, long second)
    {
        var phase = new PhaseId((int)from.Number(int.MaxValue));
        var next = (int)from.Number(int.MaxValue);
        var elapsed = (int)from.Number(int.MaxValue);
        var sequence = (long)from.Number(long.MaxValue);
        var groups = from.Count(MaximumItems);
        var lamps = new Lamp[groups];
        for (var i = 0; i < groups; i += 2)
        {
            var pair = from.Byte();
            lamps[i] = (Lamp)(pair & 15);
            if (i + 1 < groups) lamps[i + 1] = (Lamp)(pair >> 4);
        }

        var seconds = new int[groups];
        for (var i = 0; i < groups; i++) seconds[i] = (int)from.Number(int.MaxValue);
        return new SignalState(
            second, phase, next == 0 ? null : new PhaseId(next), elapsed, [.. lamps], [.. seconds], sequence);
    }

    private static void WriteObjects(ByteWriter to, ImmutableArray<TrackedObject> objects)
    {
        to.Number((ulong)objects.Length);
        var lane = 0;
        foreach (var o in objects)
        {
            to.Number((ulong)(o.Lane - lane));
            to.Number(o.DistanceDecimetres);
            to.Number(o.SpeedDecimetresPerSecond);
            to.Byte((byte)o.Class);
            to.Number(o.Track);
            lane = o.Lane;
        }
    }

    private static ImmutableArray<TrackedObject> ReadObjects(ref ByteReader from)
    {
        var objects = new TrackedObject[from.Count(MaximumItems)];
        var lane = 0UL;
        for (var i = 0; i < objects.Length; i++)
        {
            lane = Math.Min(lane + from.Number(ushort.MaxValue), ushort.MaxValue);
            objects[i] = new TrackedObject(
                (ushort)lane, (ushort)from.Number(ushort.MaxValue), (ushort)from.Number(ushort.MaxValue), (ObjectClass)from.Byte(), (uint)from.Number(uint.MaxValue));
        }

        return [.. objects];
    }

    private static void WriteLoops(ByteWriter to, ImmutableArray<LoopReading> loops)
    {
        to.Number((ulong)loops.Length);
        for (var first = 0; first < loops.Length; first += 8)
        {
            var bits = 0;
            for (var i = first; i < Math.Min(first + 8, loops.Length); i++)
            {
                if (loops[i] != default) bits |= 1 << (i - first);
            }

            to.Byte((byte)bits);
        }

        foreach (var loop in loops)
        {
            if (loop == default) continue;
            to.Byte(loop.Count);
            to.Number(loop.OccupancyPermille);
        }
    }

    private static ImmutableArray<LoopReading> ReadLoops(ref ByteReader from)
    {
        var loops = new LoopReading[from.Count(MaximumItems)];
        var says = new byte[(loops.Length + 7) / 8];
        for (var i = 0; i < says.Length; i++) says[i] = from.Byte();
        for (var i = 0; i < loops.Length; i++)
        {
            if ((says[i / 8] >> (i % 8) & 1) == 0) continue;
            loops[i] = new LoopReading(from.Byte(), (ushort)from.Number(ushort.MaxValue));
        }

        return [.. loops];
    }
}
