using System.Collections.Immutable;
using Google.Protobuf;
using TrafficAI.FieldBus.Tests.Vectors;

namespace TrafficAI.FieldBus.Tests;

/// <summary>A configuration takes no more memory than a small multiple of its bytes, whatever it says.</summary>
public sealed class ConfigurationLimitsTests
{
    /// <summary>What the Protobuf library takes for the emptiest of its messages, of 2 bytes.</summary>
    private const long BytesEach = 64;

    private const long BytesAtLeast = 2 << 20;

    /// <summary>Seconds of the example that are no passage.</summary>
    private const int StartAndClosings = 24;

    [Fact]
    public void As_many_seconds_as_allowed_are_read()
    {
        var bytes = Examples.Lasting(WireLimits.SequencesSeconds).ToByteArray();

        var allocated = Allocated(() =>
        {
            Assert.True(WireReader.TryRead(MessageKind.Configuration, bytes, out var message, out var refusal), refusal?.Text);
            Assert.Equal(WireLimits.SequencesSeconds - StartAndClosings, ConfigurationReader.Read((Wire.Configuration)message).Interphases.Sum(passage => passage.Length));
        });

        Assert.InRange(allocated, 1, BytesAtLeast + BytesEach * bytes.Length);
    }

    [Theory]
    [InlineData("step")]
    [InlineData("passage")]
    [InlineData("phase")]
    [InlineData("group")]
    [InlineData("long step")]
    [InlineData("lamp")]
    public void What_is_full_of_one_thing_is_refused_in_little_memory(string thing)
    {
        var bytes = FullOf(thing);
        Assert.InRange(bytes.Length, WireLimits.ConfigurationBytes - 100, WireLimits.ConfigurationBytes);
        Refusal? refusal = null;

        var allocated = Allocated(() => Assert.False(WireReader.TryRead(MessageKind.Configuration, bytes, out _, out refusal)));

        Assert.DoesNotContain('\n', refusal!.Text);
        Assert.InRange(allocated, 1, BytesAtLeast + BytesEach * bytes.Length);
    }

    [Fact]
    public void Too_many_seconds_are_refused_in_one_clear_line()
    {
        Assert.False(WireReader.TryRead(MessageKind.Configuration, Examples.Lasting(WireLimits.SequencesSeconds + 1).ToByteArray(), out _, out var refusal));
        Assert.Equal("Configuration: its passages, closings and start last 65537 s together, more than 65536 s", refusal!.Text);
    }

    /// <summary>A good configuration, and as much of one thing as there is room for.</summary>
    private static byte[] FullOf(string thing)
    {
        var good = Examples.Configuration();
        var rest = WireLimits.ConfigurationBytes - good.CalculateSize() - 80;
        byte[] piece = thing switch
        {
            "step" => [0x0a, 0],
            "passage" => [0x32, 0],
            "phase" => [0x2a, 0],
            "group" => [0x12, 0],
            "long step" => [0x0a, 8, 0x08, 0xd8, 0x04, 0x12, 3, 2, 2, 2],
            _ => [2],
        };
        ImmutableArray<byte> pieces = [.. Enumerable.Repeat(piece, rest / piece.Length).SelectMany(p => p)];
        return thing switch
        {
            "step" or "long step" => [.. good.ToByteArray(), .. Field(6, pieces)],
            "lamp" => [.. good.ToByteArray(), .. Field(11, pieces)],
            _ => [.. good.ToByteArray(), .. pieces],
        };
    }

    private static byte[] Field(int number, ImmutableArray<byte> content)
    {
        using var to = new MemoryStream();
        using (var coded = new CodedOutputStream(to, leaveOpen: true))
        {
            coded.WriteTag(number, WireFormat.WireType.LengthDelimited);
            coded.WriteBytes(ByteString.CopyFrom([.. content]));
        }

        return to.ToArray();
    }

    private static long Allocated(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
