namespace TrafficAI.Optimisation;

/// <summary>How long the first vehicle of each lane has stood without anybody leaving the lane.</summary>
public sealed class LaneWaits(IntersectionModel model)
{
    private readonly int[] seconds = new int[model.Lanes.Length];

    /// <summary>0 for a lane that is empty, or moves.</summary>
    public int Seconds(int lane) => seconds[lane];

    /// <summary>Takes in the picture of one second.</summary>
    public void Observe(TrafficPicture picture)
    {
        for (var lane = 0; lane < seconds.Length; lane++)
        {
            var traffic = picture.Lanes[lane];
            var stands = !traffic.Vehicles.IsEmpty && traffic.Vehicles[0].Standing && traffic.SinceDischargeSeconds > 0;
            seconds[lane] = stands ? Math.Min(seconds[lane] + 1, traffic.SinceDischargeSeconds) : 0;
        }
    }
}
