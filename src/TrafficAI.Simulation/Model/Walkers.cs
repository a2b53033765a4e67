using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Pedestrians on the crossings.</summary>
internal sealed class Walkers(StreetMap map)
{
    /// <summary>Kept by drivers before people on a crossing, metres.</summary>
    public const double SafetyGap = 1;

    private readonly int[] count = new int[map.Lanes.Length];

    public bool AreOn(int crossing) => count[crossing] > 0;

    /// <summary>Somebody is, or soon will be, in the way of the vehicle.</summary>
    public bool Block(in Meeting meeting, double crossingGap) => count[meeting.Lane] > 0 && crossingGap > 0;
}
