using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Design;

/// <summary>A signal group as a sheet shows it.</summary>
/// <param name="Name">What people call it, else its kind and number.</param>
/// <param name="Serves">From where and which way it lets go.</param>
/// <param name="IsSection">It is an additional section, dark where it does not let go.</param>
public sealed record SheetGroup(SignalGroup Group, string Name, string Serves, bool IsSection)
{
    private const double DegreesPerSide = 45;

    /// <summary>The groups of an intersection, in their order.</summary>
    public static ImmutableArray<SheetGroup> Of(RoadNetwork network, Intersection intersection, IntersectionSignals signals, IntersectionPart part, SheetWords words)
    {
        var (vehicles, pedestrians) = (0, 0);
        var groups = ImmutableArray.CreateBuilder<SheetGroup>();
        foreach (var group in signals.Groups)
        {
            var number = group.Kind == GroupKind.Vehicle ? $"{words["vehicle-group"]}{Text(++vehicles)}" : $"{words["pedestrian-group"]}{Text(++pedestrians)}";
            groups.Add(new(group, part.NameOf(group) ?? number, Ways(network, intersection, group, words), part.IsSection(group)));
        }

        return groups.ToImmutable();
    }

    private static string Ways(RoadNetwork network, Intersection intersection, SignalGroup group, SheetWords words)
    {
        var ways = group.Links.Where(link => link < intersection.Links.Length).SelectMany(link => intersection.Links[link]).Select(index => network.Connections[index]).ToList();
        if (group.Kind == GroupKind.Pedestrian) return $"{words["crossings"]} {string.Join(", ", ways.Select(way => words[$"side.{SideOfCrossing(network, intersection, way)}"]).Distinct())}";
        return string.Join(", ", ways.GroupBy(way => SideOf(network, way)).OrderBy(side => side.Key)
            .Select(side => $"{words[$"side.{side.Key}"]} {string.Concat(side.Select(way => Arrow(way.Direction)).Distinct().Order())}"));
    }

    /// <summary>The side from which traffic comes: 0 for east, on counterclockwise.</summary>
    private static int SideOf(RoadNetwork network, Connection way)
    {
        var shape = network.Lanes[way.FromLane].Shape;
        return Side(shape[^1], shape[^2]);
    }

    private static int SideOfCrossing(RoadNetwork network, Intersection intersection, Connection way)
    {
        var shape = network.Lanes[way.ToLane].Shape;
        return Side(network.Junctions[intersection.Junctions[0]].Position, new((shape[0].X + shape[^1].X) / 2, (shape[0].Y + shape[^1].Y) / 2));
    }

    private static int Side(Point from, Point to) => ((int)Math.Round(Math.Atan2(to.Y - from.Y, to.X - from.X) * 180 / Math.PI / DegreesPerSide) + 8) % 8;

    private static char Arrow(TurnDirection direction) => direction switch
    {
        TurnDirection.UTurn => '↶',
        TurnDirection.Left or TurnDirection.PartialLeft => '←',
        TurnDirection.Right or TurnDirection.PartialRight => '→',
        _ => '↑',
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
