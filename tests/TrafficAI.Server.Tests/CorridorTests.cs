using System.Text.Json;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Tests;

/// <summary>Greens along a corridor, and the ways of vehicles between them.</summary>
public sealed class CorridorTests
{
    /// <summary>Where the scenario begins.</summary>
    private const int Begin = 9_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_way_is_where_the_frames_saw_the_vehicle()
    {
        await using var run = await Recording.OfAsync("almaty-abay", "fixed", Sensing.Full, Begin + 300, Cancel);
        await using var server = await TestServer.StartAsync(run.Served, null, Begin + 298);
        using var client = server.Client();
        var told = await client.GetJsonAsync($"/corridors/abay/time-space?from={Begin + 60}&to={Begin + 260}");
        var tracks = told.GetProperty("trajectories").EnumerateArray().ToList();
        Assert.Equal(Begin + 60, told.GetProperty("trackedFrom").GetInt64());
        Assert.Equal(["back", "out"], tracks.Select(t => t.GetProperty("direction").GetString()!).Distinct().Order());
        Assert.True(tracks.Count > 20, $"{tracks.Count} tracks");
        var places = told.GetProperty("stops").EnumerateArray().ToDictionary(s => s.GetProperty("intersection").GetString()!, s => s.GetProperty("distanceMetres").GetDouble());
        var tchaikovsky = Assert.Single(told.GetProperty("oneWayStops").EnumerateArray());
        Assert.Equal(("ALA-046", "back"), (tchaikovsky.GetProperty("intersection").GetString(), tchaikovsky.GetProperty("direction").GetString()));
        places["ALA-046"] = tchaikovsky.GetProperty("distanceMetres").GetDouble();
        Assert.All(told.GetProperty("inbound").EnumerateArray(), greens => Assert.NotEqual(0, greens.GetArrayLength()));
        var seen = await SeenAsync(run.Served);
        foreach (var track in tracks)
        {
            var (id, sign) = (track.GetProperty("id").GetString()!, track.GetProperty("direction").GetString() == "out" ? 1 : -1);
            var (intersection, number) = (id.Split(':')[0], uint.Parse(id.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
            var points = track.GetProperty("points").EnumerateArray().Select(p => (Second: p[0].GetInt64(), Metres: p[1].GetDouble())).ToList();
            Assert.True(points.Count >= 2);
            foreach (var (from, to) in points.Zip(points.Skip(1)))
            {
                Assert.True(to.Second > from.Second);
                for (var second = from.Second; second <= to.Second; second++)
                {
                    var metres = from.Metres + (to.Metres - from.Metres) * (second - from.Second) / (to.Second - from.Second);
                    var before = seen[(intersection, number, second)];
                    Assert.InRange(metres, places[intersection] - sign * before - 1.2, places[intersection] - sign * before + 1.2);
                }
            }
        }
    }

    [Fact]
    public async Task With_loops_no_way_is_known()
    {
        await using var run = await Recording.OfAsync("almaty-abay", "fixed", Sensing.Loops, Begin + 150, Cancel);
        await using var server = await TestServer.StartAsync(run.Served, null, Begin + 148);
        using var client = server.Client();
        var told = await client.GetJsonAsync("/corridors/abay/time-space");
        Assert.Equal((0, JsonValueKind.Null), (told.GetProperty("trajectories").GetArrayLength(), told.GetProperty("trackedFrom").ValueKind));
        Assert.Contains(told.GetProperty("greens").EnumerateArray(), greens => greens.GetArrayLength() > 0);
    }

    /// <summary>Abay Avenue: the light of Tchaikovsky Street stands over one carriageway alone, and the corridor does not name it.</summary>
    [Fact]
    public void A_carriageway_with_a_light_of_its_own_can_be_driven_too()
    {
        var folder = Path.Combine(RecordedRun.Root, "simulations", "almaty-abay");
        var site = Site.Build(
            File.ReadAllBytes(Path.Combine(folder, "almaty-abay.net.xml")), "almaty-abay.net.xml", ControlClass.Site, SignalsFile.Read(File.ReadAllBytes(Path.Combine(folder, "signals.json")), "signals.json"));
        var corridor = site.File.Corridors[0];
        var ways = CorridorWay.Of(site, corridor);
        Assert.Equal([false, true], ways.Select(way => way.IsInbound));
        Assert.Equal(corridor.Intersections, ways[0].Stops.Select(stop => stop.Intersection));
        Assert.Equal(["ALA-003", "ALA-005", "ALA-038", "ALA-008", "ALA-046", "ALA-044", "ALA-007"], ways[1].Stops.Select(stop => stop.Intersection.Value));
        Assert.Equal("ALA-046", Assert.Single(ways[1].Stops, stop => !stop.IsNamed).Intersection.Value);
        Assert.Equal(ways[0].Stops.Select(stop => stop.Metres), ways[1].Stops.Where(stop => stop.IsNamed).Select(stop => stop.Metres).Reverse());
        Assert.Equal(ways[1].Stops.Select(stop => stop.Metres).OrderDescending(), ways[1].Stops.Select(stop => stop.Metres));
        Assert.Equal(ways[1].Stops[4].Metres + 50, ways[1].MetresAt(4, 50));
    }

    private static async Task<Dictionary<(string, uint, long), double>> SeenAsync(ServedLog served)
    {
        var seen = new Dictionary<(string, uint, long), double>();
        foreach (var id in served.Site.Models.Select(model => model.Signals.Id))
        {
            await foreach (var e in served.Log.ReadAsync(StreamNames.Inputs(id), 0, Cancel))
            {
                if (!FrameCodec.IsFrame(e.Type)) continue;
                var frame = ((IntersectionInput.FrameCame)InputCodec.Decode(id, e.Type, e.Payload)).Frame;
                foreach (var one in frame.Readings.Objects) seen[(id.Value, one.Track, frame.Second)] = one.DistanceDecimetres / 10.0;
            }
        }

        return seen;
    }
}
