using TrafficAI.Network;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>The committed four-arm junction, read from its network file.</summary>
internal static class FourArm
{
    public static RoadNetwork Network { get; } = NetworkReader.Read(File.ReadAllBytes(PathOf("simulations/four-arm/four-arm.net.xml")), "four-arm");

    public static IntersectionModel Model { get; } = Build(ControlClass.Site);

    /// <summary>With plans for 120 vehicles an hour in every movement, 180 from noon on.</summary>
    public static IntersectionModel Planned { get; } = Model with
    {
        Plans = new([.. DayPlanner.Compute(Model, Counts).Select(p => p.Segment)]),
    };

    public static IntersectionCounts Counts => new([.. Enumerable.Range(40, 16).Select(Quarter)], [.. Model.Lanes.Select(_ => 1.9)]);

    private static CountedInterval Quarter(int quarter) =>
        new(quarter * CountedInterval.LengthSeconds, CountedInterval.LengthSeconds, [.. Model.Movements.Select(_ => quarter < 48 ? 30.0 : 45)]);

    public static IntersectionModel Build(ControlClass controlClass)
    {
        var intersection = Network.Intersections.Single();
        return IntersectionModelBuilder.Build(Network, intersection, SignalsBuilder.Build(Network, intersection, controlClass));
    }

    internal static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TrafficAI.sln"))) return Path.Combine(folder.FullName, file);
        throw new InvalidOperationException($"No TrafficAI.sln above {AppContext.BaseDirectory}.");
    }
}
