using System.Text;
using TrafficAI.Network;

namespace TrafficAI.Signals.Tests;

/// <summary><c>signals.json</c> as it is read: every member has its place, and what has none is refused in one line that names it.</summary>
public class SignalsFileTests
{
    private const string Whole = """
        {
          "version": 1, "date": "2026-09-15", "profile": "kz", "provenance": "survey of June",
          "corridors": [ { "id": "abay", "names": { "en": "Abay avenue", "ru": "проспект Абая", "kk": "Абай даңғылы" }, "intersections": ["J", "K"] } ],
          "intersections": [
            { "id": "J", "names": { "ru": "Перекрёсток" }, "profile": { "flashingGreen": 4, "amber": 4 }, "maximumRed": 120,
              "groups": [ { "links": [4, 2], "name": "K1", "minimumGreen": 12, "nemaPhase": 2, "channel": 7 }, { "links": [5], "crossingWidth": 14.5 } ],
              "intergreens": [ { "from": 0, "to": 3, "seconds": 8 } ] },
            { "id": "K", "profile": "programme", "status": "inferred", "provenance": "two wide streets" } ]
        }
        """;

    [Fact]
    public void Everything_is_read()
    {
        var file = Read(Whole);
        Assert.Equal("2026-09-15T00:00:00Z", file.Start.ToString());
        Assert.Equal("2026-09-15T07:00:01Z", file.Start.Plus(25_201).ToString());
        Assert.Equal((SignalProfile.Kz, "survey of June"), (file.Profile, file.Provenance));
        var corridor = Assert.Single(file.Corridors);
        Assert.Equal(("abay", "Abay avenue", "проспект Абая", "Абай даңғылы"), (corridor.Id, corridor.Names.En, corridor.Names.Ru, corridor.Names.Kk));
        Assert.Equal(["J", "K"], corridor.Intersections.Select(id => id.Value));

        var part = file.Of(new("J"));
        Assert.Equal((SignalProfile.Kz with { FlashingGreenSeconds = 4, AmberSeconds = 4 }, 120, "Перекрёсток"), (part.Profile, part.MaximumRedSeconds, part.Names.Any));
        Assert.Equal([2, 4], part.Groups[0].Links.AsEnumerable());
        Assert.Equal(("K1", 12, 2, 7), (part.Groups[0].Name, part.Groups[0].MinimumGreenSeconds, part.Groups[0].NemaPhase, part.Groups[0].Channel));
        Assert.Equal(14.5, part.Groups[1].CrossingMetres);
        Assert.Equal((0, 3, 8), (part.Intergreens[0].From, part.Intergreens[0].To, part.Intergreens[0].Seconds));
        Assert.Equal((LightStatus.Unsaid, ""), (part.Status, part.Provenance));
        Assert.Equal((LightStatus.Inferred, "two wide streets"), (file.Of(new("K")).Status, file.Of(new("K")).Provenance));
        Assert.Equal(SignalProfile.OfProgramme, file.Of(new("K")).Profile);
        Assert.Equal(SignalProfile.Kz, file.Of(new("L")).Profile);
    }

    [Theory]
    [InlineData("{\"allRedExtension\":4}", 4)]
    [InlineData("{\"flashingGreen\":3}", 0)]
    [InlineData("{\"allRedExtension\":4,\"countdown\":0}", 4)]
    [InlineData("\"kz\"", 0)]
    public void All_red_lasts_longer_only_where_the_profile_says_so(string profile, int seconds)
    {
        var file = Read($$"""{"version":1,"profile":{{profile}}}""");
        Assert.Equal(SignalProfile.Kz with { AllRedExtensionSeconds = seconds }, file.Profile);
    }

    [Fact]
    public void Hours_of_flashing_amber_hold_wherever_an_intersection_has_none_of_its_own()
    {
        var file = Read("""
            {"version":1,"nightFlash":{"from":"01:00","to":"05:30"},"intersections":[{"id":"J"},{"id":"K","nightFlash":"never"},{"id":"L","nightFlash":{"from":"23:05","to":"06:00"}}]}
            """);
        Assert.Equal(("01:00–05:30", null, "23:05–06:00", "01:00–05:30"), (Hours("J"), Hours("K"), Hours("L"), Hours("M")));

        string? Hours(string id) => file.Of(new(id)).Night?.ToString();
    }

    [Theory]
    [InlineData("\"night\"", "$.nightFlash: it is neither hours nor never. Write { \"from\": \"01:00\", \"to\": \"05:00\" }, or \"never\".")]
    [InlineData("{\"from\":\"1:00\",\"to\":\"05:00\"}", "$.nightFlash.from: '1:00' is no time of day. Write it like 01:00, as the clocks of Almaty show it.")]
    [InlineData("{\"from\":\"01:00\",\"to\":\"24:00\"}", "$.nightFlash.to: '24:00' is no time of day. Write it like 01:00, as the clocks of Almaty show it.")]
    [InlineData("{\"from\":\"01:00\",\"to\":\"01:00\"}", "$.nightFlash: it begins when it ends. Give two times of day.")]
    public void Hours_that_are_none_are_refused(string hours, string what) =>
        Assert.Equal($"city/signals.json: {what}", Assert.Throws<SignalsException>(() => Read($"{{\"version\":1,\"nightFlash\":{hours}}}")).Message);

    [Fact]
    public void The_least_file_changes_nothing()
    {
        var file = Read("""{"version":1}""");
        Assert.Equal((Instant.ScenarioStart, SignalProfile.OfProgramme), (file.Start, file.Profile));
        Assert.Empty(file.Intersections);
        Assert.Null(file.Date);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Null(SignalsFile.Read((byte[])[0xEF, 0xBB, 0xBF, .. "{\"version\":1}"u8], "s").Date);

    [Theory]
    [InlineData("", "$: line 1 is not readable as JSON")]
    [InlineData("""{"version":1,}""", "$: line 1 is not readable as JSON")]
    [InlineData("""{"version":1} x""", "$: line 1 is not readable as JSON")]
    [InlineData("[[[[[[[[[1]]]]]]]]]", "$: line 1 is not readable as JSON")]
    [InlineData("[]", "$: '[]' is not an object")]
    [InlineData("{}", "$: it has no member 'version'")]
    [InlineData("""{"version":2}""", "$.version: 2 is out of range. Give 1 to 1.")]
    [InlineData("""{"version":"1"}""", "$.version: '\"1\"' is not a whole number")]
    [InlineData("""{"version":1.5}""", "$.version: '1.5' is not a whole number")]
    [InlineData("""{"version":1,"version":1}""", "$: it has the member 'version' twice")]
    [InlineData("""{"version":1,"Profile":"kz"}""", "$: it has the member 'Profile', which nobody reads. Use only version, date")]
    [InlineData("""{"version":1,"\ud800":"kz"}""", "$: it has the member '?', which nobody reads")]
    [InlineData("""{"version":1,"profile":"de"}""", "$.profile: there is no profile 'de'")]
    [InlineData("""{"version":1,"profile":{"amber":2}}""", "$.profile.amber: 2 is out of range. Give 3 to 6.")]
    [InlineData("""{"version":1,"profile":{"allRedExtension":11}}""", "$.profile.allRedExtension: 11 is out of range. Give 0 to 10.")]
    [InlineData("""{"version":1,"profile":{"allRedExtension":3,"countdown":5}}""", "$.profile: a board that counts a red down cannot know by how much all red will be lengthened. Leave countdown or allRedExtension out, or say 0.")]
    [InlineData("""{"version":1,"profile":null}""", "$.profile: 'null' is not a text")]
    [InlineData("""{"version":1,"date":"2026-02-29"}""", "$.date: '2026-02-29' is no day. Write it like 2026-09-15.")]
    [InlineData("""{"version":1,"provenance":"\ud800"}""", "$.provenance: it holds half a surrogate pair")]
    [InlineData("""{"version":1,"provenance":"a\nb"}""", "$.provenance: it holds a control character")]
    [InlineData("""{"version":1,"corridors":[{"id":"a","intersections":["J"]}]}""", "$.corridors[0].intersections: it has 1 items")]
    [InlineData("""{"version":1,"corridors":[{"id":"a","intersections":["J","J"]}]}""", "$.corridors[0].intersections[1]: 'J' stands there twice")]
    [InlineData("""{"version":1,"intersections":{}}""", "$.intersections: '{}' is not an array")]
    [InlineData("""{"version":1,"intersections":[{"id":"J"},{"id":"J"}]}""", "$.intersections[1].id: 'J' stands there twice")]
    [InlineData("""{"version":1,"intersections":[{"id":""}]}""", "$.intersections[0].id: it has 0 characters")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","maximumRed":5}]}""", "$.intersections[0].maximumRed: 5 is out of range")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","groups":[{"links":[]}]}]}""", "$.intersections[0].groups[0].links: it has 0 items")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","groups":[{"links":[1,1]}]}]}""", "$.intersections[0].groups[0].links[1]: '1' stands there twice")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","groups":[{"links":[1]},{"links":[1]}]}]}""", "$.intersections[0].groups[1].links: '1' stands there twice")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","groups":[{"links":[1],"minimumGreen":0}]}]}""", "$.intersections[0].groups[0].minimumGreen: 0 is out of range")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","groups":[{"links":[1],"crossingWidth":1e999}]}]}""", "$.intersections[0].groups[0].crossingWidth: '1e999' is")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","groups":[{"links":[1],"channel":2},{"links":[2],"channel":2}]}]}""", "$.intersections[0].groups[1].channel: '2' stands there twice")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","intergreens":[{"from":0,"to":1,"seconds":31}]}]}""", "$.intersections[0].intergreens[0].seconds: 31 is out of range. Give 1 to 30.")]
    [InlineData("""{"version":1,"intersections":[{"id":"J","intergreens":[{"from":0,"to":1}]}]}""", "$.intersections[0].intergreens[0]: it has no member 'seconds'")]
    public void What_does_not_belong_is_refused_in_one_line(string text, string what)
    {
        var message = Assert.Throws<SignalsException>(() => Read(text)).Message;
        Assert.StartsWith($"city/signals.json: {what}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_at_all_is_refused() =>
        Assert.Contains("it is not UTF-8", Assert.Throws<SignalsException>(() => SignalsFile.Read((byte[])[0x7b, 0xff], "s")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_too_large_is_refused() => Assert.Contains(
        "bytes, more than", Assert.Throws<SignalsException>(() => SignalsFile.Read(new byte[(16 << 20) + 1], "s")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"version":1,"intersections":[{"id":"X"}]}""", "$.intersections[0].id: the network has no signal 'X'. Name a tlLogic of it ('J').")]
    [InlineData("""{"version":1,"corridors":[{"id":"a","intersections":["J","K"]}]}""", "$.corridors[0].intersections[1]: the network has no signal 'K'.")]
    public void Whom_the_network_does_not_know_is_refused(string text, string what)
    {
        var (network, _) = TestStreet.Make(Streets.Full, Streets.FullFoes, Streets.FullProgramme);
        Assert.StartsWith(
            $"city/signals.json: {what}", Assert.Throws<SignalsException>(() => Read(text).CheckAgainst(network)).Message, StringComparison.Ordinal);
    }

    private static SignalsFile Read(string text) => SignalsFile.Read(Encoding.UTF8.GetBytes(text), "city/signals.json");
}
