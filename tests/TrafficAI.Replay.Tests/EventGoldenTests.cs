using System.Text.RegularExpressions;
using TrafficAI.EventLog;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Replay.Tests;

/// <summary>Old events stay readable for ever: every type has a reader, a writer, and a file with the bytes of an event as recorded once.</summary>
public sealed partial class EventGoldenTests
{
    public static TheoryData<string> Types => [.. EventTypes.All];

    [Theory, MemberData(nameof(Types))]
    public void A_recorded_event_is_read_as_it_was_meant_and_written_with_the_same_bytes(string type)
    {
        Assert.True(EventExamples.All.TryGetValue(type, out var expected), $"'{type}' has no example: add one to EventExamples.");
        var golden = Golden(type, expected);
        var said = EventTypes.Decode(new RecordedEvent(EventExamples.Stream, 0, RecordedEvent.NoPosition, type, Guid.Empty, golden));
        Assert.Equivalent(expected, said, strict: true);
        Assert.Equal(golden, EventTypes.Encode(type, said).ToArray());
        Assert.Equal(golden, EventTypes.Encode(type, expected).ToArray());
    }

    [Fact]
    public void Outside_an_interphase_no_next_phase_is_recorded()
    {
        var golden = """{"second":25200,"phase":"F1","lamps":"GR","sequence":7}"""u8.ToArray();
        var said = EventTypes.Decode(new RecordedEvent(EventExamples.Stream, 0, RecordedEvent.NoPosition, IntersectionEvent.LampsChanged, Guid.Empty, golden));
        Assert.Equal(new LampsChanged(25200, "F1", "GR", 7), said);
        Assert.Equal(golden, EventTypes.Encode(IntersectionEvent.LampsChanged, said).ToArray());
    }

    [Theory, MemberData(nameof(Types))]
    public void A_damaged_event_is_told_in_one_line(string type)
    {
        if (type is SiteRecord.NetworkEventType or SiteRecord.SignalsEventType or SiteRecord.PlansEventType) return; // a piece of a file: any bytes are one
        var bytes = EventTypes.Encode(type, EventExamples.All[type]);
        var cut = new RecordedEvent(EventExamples.Stream, 0, RecordedEvent.NoPosition, type, Guid.Empty, bytes[..^1]);
        Assert.DoesNotContain('\n', Assert.Throws<RecordException>(() => EventTypes.Decode(cut)).Message);
    }

    [Fact]
    public void No_golden_file_is_left_without_a_reader() => Assert.Equal(
        EventTypes.All, Directory.EnumerateFiles(Folder.Events).Where(f => !f.EndsWith(".actual", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));

    [Fact]
    public void No_source_file_names_an_event_type_that_the_table_lacks()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Folder.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TypeName().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(EventTypes.All, named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_type_of_a_later_build_is_refused_with_advice() => Assert.Contains(
        "'phase-decided.v9' is unknown to this build. Use a newer one",
        Assert.Throws<RecordException>(() => EventTypes.Decode(new("A0", 0, RecordedEvent.NoPosition, "phase-decided.v9", Guid.Empty, default))).Message,
        StringComparison.Ordinal);

    private static byte[] Golden(string type, object expected)
    {
        if (Directory.EnumerateFiles(Folder.Events, $"{type}.*").FirstOrDefault(f => !f.EndsWith(".actual", StringComparison.Ordinal)) is { } file)
            return File.ReadAllBytes(file);
        var bytes = EventTypes.Encode(type, expected).ToArray();
        var proposed = Path.Combine(Folder.Events, $"{type}.{(bytes is [(byte)'{', ..] ? "json" : "bin")}.actual");
        File.WriteAllBytes(proposed, bytes);
        throw new Xunit.Sdk.XunitException($"'{type}' has no golden file. Look at {proposed}; if it is right, take '.actual' off its name and commit it.");
    }

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)*\\.v[0-9]+)\"")]
    private static partial Regex TypeName();
}
