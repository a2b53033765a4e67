using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;

namespace TrafficAI.Signals.Tests;

/// <summary>A link of a street built by hand.</summary>
/// <param name="From">Name of the edge that it leaves.</param>
internal sealed record TestLink(
    string From, double Metres = 15, bool Crossing = false, TurnDirection Direction = TurnDirection.Straight, int Junction = 0, bool Used = true);

/// <summary>A network of one signalised intersection, built by hand.</summary>
internal static class TestStreet
{
    /// <summary>Builds it.</summary>
    /// <param name="foes">Pairs of links whose ways meet.</param>
    /// <param name="programme">States as <c>seconds letters</c>, or <c>seconds letters minDur</c>, with semicolons between.</param>
    public static (RoadNetwork Network, Intersection Intersection) Make(
        IReadOnlyList<TestLink> links, IReadOnlyList<(int A, int B)> foes, string programme, double offset = 0)
    {
        var edges = new List<Edge>();
        var lanes = new List<Lane>();
        var connections = new List<Connection>();
        var edgeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var exit = AddEdge("exit", EdgeFunction.Normal, 100);
        for (var link = 0; link < links.Count; link++)
        {
            if (!links[link].Used) continue;
            var from = edgeOf.TryGetValue(links[link].From, out var known)
                ? known
                : edgeOf[links[link].From] = AddEdge(links[link].From, links[link].Crossing ? EdgeFunction.WalkingArea : EdgeFunction.Normal, 100);
            var to = links[link].Crossing ? AddEdge($":c{link}", EdgeFunction.Crossing, links[link].Metres) : exit;
            connections.Add(new(connections.Count, from, to, -1, links[link].Direction, links[link].Junction, link, 0, link,
                links[link].Crossing, links[link].Crossing ? 0 : links[link].Metres));
        }

        var junctions = Enumerable.Range(0, links.Max(l => l.Junction) + 1)
            .Select(j => new Junction(j, new($"J{j}"), "traffic_light", new(0, 0), [], Rows(links.Count, foes))).ToImmutableArray();
        var intersection = new Intersection(
            0, new("J"), new("0", "static", Milliseconds(offset), States(programme)), [.. junctions.Select(j => j.Index)],
            [.. links.Select((_, link) => connections.Where(c => c.SignalLink == link).Select(c => c.Index).ToImmutableArray())], [], [], [], []);
        return (new([.. edges], [.. lanes], [.. connections], junctions, [intersection]), intersection);

        int AddEdge(string id, EdgeFunction function, double metres)
        {
            edges.Add(new(edges.Count, new(id), function, -1, 0, 1, [edges.Count], []));
            lanes.Add(new(lanes.Count, new($"{id}_0"), edges.Count - 1, 0, metres, 50 / 3.6, 3.2, VehicleClasses.All, [new(0, 0), new(metres, 0)]));
            return edges.Count - 1;
        }
    }

    public static IntersectionSignals Signals(
        IReadOnlyList<TestLink> links, IReadOnlyList<(int A, int B)> foes, string programme,
        ControlClass controlClass = ControlClass.Site, double offset = 0, SignalProfile? profile = null)
    {
        var (network, intersection) = Make(links, foes, programme, offset);
        return SignalsBuilder.Build(network, intersection, controlClass, profile ?? SignalProfile.OfProgramme);
    }

    public static ImmutableArray<ProgramState> States(string programme) =>
        [.. programme.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(State)];

    private static ProgramState State(string text)
    {
        var words = text.Split(' ');
        return new(Milliseconds(double.Parse(words[0], CultureInfo.InvariantCulture)), words[1],
            words.Length > 2 ? Milliseconds(double.Parse(words[2], CultureInfo.InvariantCulture)) : null, null);
    }

    private static int Milliseconds(double seconds) => (int)Math.Round(seconds * 1000);

    private static ImmutableArray<RightOfWay> Rows(int count, IReadOnlyList<(int A, int B)> foes)
    {
        var rows = Enumerable.Range(0, count).Select(_ => new RightOfWay(new BitArray(count), new BitArray(count), false)).ToImmutableArray();
        foreach (var (a, b) in foes)
        {
            rows[a].Foes[b] = true;
            rows[b].Foes[a] = true;
        }

        return rows;
    }
}
