using System.Text;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Tests;

/// <summary>What fuzzing found in the views of a log.</summary>
public sealed class DamagedEventTests
{
    [Theory]
    [InlineData("{\n  \"version\": 1,\n  \"date\": \"2026-09-15\"\n}", """{"version":1,"date":"2026-09-15"}""")]
    [InlineData("{\"a\":\"\\ud800\"}", """{"bytes":14}""")]
    [InlineData("not json", """{"bytes":8}""")]
    public void An_event_is_one_line_of_json(string payload, string shown)
    {
        var line = EventJsonView.Of(new RecordedEvent("site", 2, 2, SiteRecord.SignalsEventType, Guid.Empty, Encoding.UTF8.GetBytes(payload)));
        Assert.Equal(shown, line);
        JsonDocument.Parse(line).Dispose();
    }

    [Theory]
    [InlineData("""{"second":"late","strategy":"fixed"}""")]
    [InlineData("""{"second":1,"second":2}""")]
    [InlineData("{\"second\":1,\"reason\":\"\\ud800\"}")]
    [InlineData("""{"second":1e999}""")]
    [InlineData("[1,2]")]
    public void A_difference_to_a_damaged_event_is_told(string recorded)
    {
        var decided = new IntersectionEvent(IntersectionEvent.PhaseDecided, """{"second":1,"strategy":"fixed"}"""u8.ToArray());
        var text = DifferenceView.Of(new Difference(
            new IntersectionId("A"), 5, new(IntersectionEvent.PhaseDecided, Encoding.UTF8.GetBytes(recorded)), decided));
        Assert.Contains("DIFFERENT: first at intersection 'A', event 5", text, StringComparison.Ordinal);
        Assert.Contains("differs", text, StringComparison.Ordinal);
    }
}
