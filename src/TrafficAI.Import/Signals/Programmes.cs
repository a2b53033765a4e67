using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TrafficAI.Import.Plain;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Import.Signals;

/// <summary>A light and its times.</summary>
/// <param name="Saturation">Highest demand / capacity of a phase: 0 for nobody, over 0.9 for queues that grow now and then.</param>
public sealed record TimedLight(string Id, int Phases, double Saturation, int CycleSeconds);

/// <summary>Puts programmes into a network as an engineer in Kazakhstan would set them: phases from the geometry, Webster's times, one cycle for junctions
/// that streets join. They are synthetic: nobody has published Almaty's own.</summary>
public static partial class Programmes
{
    private const int AmberSeconds = 3;
    private const int ProvisionalGreenSeconds = 30;

    /// <summary>All red as the programme shows it; what a passage needs beyond that the profile computes, and until it does, green has it.</summary>
    private const int AllRedSeconds = 2;

    /// <summary>A network with its programmes.</summary>
    /// <param name="Lights">In the order of their ids.</param>
    public sealed record Result(string Network, ImmutableArray<TimedLight> Lights);

    /// <param name="drawn">The network as netconvert draws it; all programmes are replaced.</param>
    /// <exception cref="ImportException">The network cannot be read back.</exception>
    public static Result Set(string drawn, PlainNetwork plain, TurningCounts counts)
    {
        var alone = plain.Nodes.Where(node => node.Junction is { HasPedestrianPhase: true }).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var first = Read(drawn);
        var layouts = first.Intersections.ToDictionary(i => i.Id, i => PhaseLayout.Of(first, i, alone.Contains(i.Id.Value), counts));
        var provisional = Replace(drawn, id => Text(first, id, layouts[id],
            [.. layouts[id].Select(_ => ProvisionalGreenSeconds)], [.. layouts[id].Select(_ => AmberSeconds + AllRedSeconds)]));

        var network = Read(provisional);
        var timings = network.Intersections.ToDictionary(i => i.Id, i => WebsterTiming.Of(network, i, Derive(network, i), layouts[i.Id], counts));
        var cycles = CommonCycles(plain, timings);
        return new(
            Replace(provisional, id => Text(network, id, layouts[id], timings[id].Greens(cycles[id]), timings[id].Passages)),
            [.. network.Intersections.Select(i => new TimedLight(i.Id.Value, layouts[i.Id].Length, timings[i.Id].Saturation(cycles[i.Id]), cycles[i.Id]))]);
    }

    private static RoadNetwork Read(string network)
    {
        try
        {
            return NetworkReader.Read(Encoding.UTF8.GetBytes(network), "the network of netconvert");
        }
        catch (NetworkException e)
        {
            throw new ImportException(e.Message);
        }
    }

    private static IntersectionSignals Derive(RoadNetwork network, Intersection intersection)
    {
        try
        {
            return SignalsBuilder.Build(network, intersection, ControlClass.Site, SignalProfile.Kz);
        }
        catch (SignalsException e)
        {
            throw new ImportException(e.Message);
        }
    }

    /// <summary>The longest cycle of all junctions that streets join.</summary>
    private static Dictionary<IntersectionId, int> CommonCycles(PlainNetwork plain, Dictionary<IntersectionId, WebsterTiming> timings)
    {
        var group = plain.Nodes.ToDictionary(node => node.Id, node => node.Id, StringComparer.Ordinal);
        foreach (var edge in plain.Edges) group[Root(edge.From)] = Root(edge.To);
        return timings.ToDictionary(own => own.Key, own => timings.Where(other => Root(other.Key.Value) == Root(own.Key.Value)).Max(other => other.Value.CycleSeconds));

        string Root(string node)
        {
            while (group[node] != node) node = group[node];
            return node;
        }
    }

    private static string Replace(string network, Func<IntersectionId, string> programme) =>
        Logic().Replace(network, match => programme(new(match.Groups[1].Value)));

    /// <param name="passages">Seconds of the passage to each phase, flashing green included.</param>
    private static string Text(RoadNetwork network, IntersectionId id, ImmutableArray<LayoutPhase> phases, int[] greens, ImmutableArray<int> passages)
    {
        var crossings = network.Find(id)!.Links.Select(own => own.All(index => network.Connections[index].IsCrossing)).ToArray();
        var text = new StringBuilder($"""<tlLogic id="{id}" type="static" programID="0" offset="0">""").Append('\n');
        for (var k = 0; k < phases.Length; k++)
        {
            var (now, next) = (phases[k].Letters, phases[(k + 1) % phases.Length].Letters);
            var passage = passages[(k + 1) % phases.Length];
            var red = Math.Clamp(passage - AmberSeconds, 0, AllRedSeconds);
            State(greens[k] + (phases.Length > 1 ? Math.Max(0, passage - AmberSeconds - red) : passage), now);
            if (phases.Length == 1) break;
            State(AmberSeconds, Passing(now, next, crossings, 'y'));
            if (red > 0) State(red, Passing(now, next, crossings, 'r'));
        }

        return text.Append("    </tlLogic>").ToString();

        void State(int seconds, string letters) =>
            text.Append(CultureInfo.InvariantCulture, $"""        <phase duration="{seconds}" state="{letters}"/>""").Append('\n');
    }

    private static string Passing(string now, string next, bool[] crossings, char ending) => string.Concat(now.Select((letter, link) =>
        letter == 'r' || next[link] != 'r' && letter != 'r' ? letter : crossings[link] ? 'r' : ending));

    [GeneratedRegex("""<tlLogic id="([^"]*)".*?</tlLogic>""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Logic();
}
