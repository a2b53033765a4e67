using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>An emergency vehicle on its way to a stop line.</summary>
/// <param name="Lane">Index of the stop lane.</param>
/// <param name="Key">As <see cref="ApproachingVehicle.Key"/>.</param>
/// <param name="ArrivalSeconds">As <see cref="ApproachingVehicle.ArrivalSeconds"/>.</param>
/// <param name="Ahead">Vehicles between it and the stop line on that lane.</param>
/// <param name="Excluded">As <see cref="ApproachingVehicle.Excluded"/>.</param>
public readonly record struct EmergencyVehicle(int Lane, uint Key, double ArrivalSeconds, int Ahead, uint Excluded)
{
    /// <summary>All in sight, lane by lane, the nearest first.</summary>
    /// <param name="found">Written.</param>
    public static void Find(TrafficPicture picture, List<EmergencyVehicle> found)
    {
        found.Clear();
        for (var lane = 0; lane < picture.Lanes.Length; lane++)
        {
            var vehicles = picture.Lanes[lane].Vehicles;
            for (var i = 0; i < vehicles.Length; i++)
                if (vehicles[i].Class == ObjectClass.Emergency) found.Add(new(lane, vehicles[i].Key, vehicles[i].ArrivalSeconds, i, vehicles[i].Excluded));
        }
    }
}
