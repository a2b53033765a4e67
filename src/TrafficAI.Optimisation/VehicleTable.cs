using System.Collections.Immutable;

namespace TrafficAI.Optimisation;

/// <summary>The vehicles of a picture in plain arrays, with a guessed turn per sample; reused from second to second.</summary>
/// <remarks>Turns in shared lanes are drawn from the learned shares, stratified over the samples and fixed for a vehicle, so that
/// guesses do not flicker and are the same for every candidate.</remarks>
public sealed class VehicleTable(IntersectionModel model)
{
    /// <summary>Sets of guessed turns.</summary>
    public const int Samples = 4;

    /// <summary>A queue that has let somebody go so recently is moving, whatever its head seems to do.</summary>
    private const int DischargingSeconds = 3;

    private double[] arrivals = new double[64];
    private double[] distances = new double[64];
    private int[] upstream = new int[64];
    private int[] lanes = new int[64];
    private int[] turns = new int[64 * Samples];

    /// <summary>All vehicles, approach by approach, within each the nearest to the stop lines first.</summary>
    private int[] order = new int[64];

    /// <summary>Per approach the position in <see cref="order"/> of its first vehicle; one more entry closes the last one.</summary>
    private readonly int[] approachStarts = new int[model.Approaches.Length + 1];
    private readonly int[] merging = new int[model.Lanes.Length];

    /// <summary>Per lane the position of its first vehicle; one more entry closes the last lane.</summary>
    private readonly int[] starts = new int[model.Lanes.Length + 1];

    private readonly bool[] standing = new bool[model.Lanes.Length];
    private readonly double[] headways = new double[model.Lanes.Length];

    /// <summary>All vehicles of all lanes.</summary>
    public int Count => starts[^1];

    /// <summary>The vehicles of an approach, the nearest to the stop lines first; of equally near ones the lower lane.</summary>
    public ReadOnlySpan<int> Of(int approach) => order.AsSpan(approachStarts[approach]..approachStarts[approach + 1]);

    /// <summary>The vehicle's stop lane.</summary>
    public int Lane(int vehicle) => lanes[vehicle];

    /// <summary>The observed lane that the vehicle is on before its stop lane; −1 on the stop lane.</summary>
    public int Upstream(int vehicle) => upstream[vehicle];

    /// <summary>The place of a vehicle in the file for its stop lane: 0 the head.</summary>
    public int Rank(int vehicle) => vehicle - starts[lanes[vehicle]];

    /// <summary>The head of the lane stands, and the queue is not on its way.</summary>
    public bool HeadStands(int lane) => standing[lane];

    /// <summary>Time between two vehicles that leave the lane's queue while they yield to no vehicle.</summary>
    public double HeadwaySeconds(int lane) => headways[lane];

    /// <summary>When the vehicle would pass the line if nothing were in its way, in seconds from now.</summary>
    public double Arrival(int vehicle) => arrivals[vehicle];

    /// <summary>The movement that a vehicle takes in a sample.</summary>
    public int Turn(int vehicle, int sample) => turns[vehicle * Samples + sample];

    public void Load(TrafficPicture picture)
    {
        var at = 0;
        foreach (var lane in model.Lanes)
        {
            var traffic = picture.Lanes[lane.Index];
            var vehicles = traffic.Vehicles;
            headways[lane.Index] = traffic.HeadwaySeconds;
            starts[lane.Index] = at;
            standing[lane.Index] = !vehicles.IsEmpty && vehicles[0].Standing && traffic.SinceDischargeSeconds > DischargingSeconds;
            foreach (var vehicle in vehicles)
            {
                MakeRoom(at);
                arrivals[at] = vehicle.ArrivalSeconds;
                distances[at] = vehicle.DistanceMetres;
                upstream[at] = vehicle.Upstream;
                lanes[at] = lane.Index;
                for (var s = 0; s < Samples; s++) turns[at * Samples + s] = Guess(lane, vehicle, picture.TurnShares, s);
                at++;
            }
        }

        starts[^1] = at;
        for (var approach = 0; approach < model.Approaches.Length; approach++) Merge(approach);
    }

    private void Merge(int approach)
    {
        var at = approachStarts[approach];
        var group = model.Approaches[approach];
        foreach (var lane in group) merging[lane] = starts[lane];
        for (; ; at++)
        {
            var nearest = -1;
            foreach (var lane in group)
            {
                var candidate = merging[lane];
                if (candidate < starts[lane + 1] && (nearest < 0 || distances[candidate] < distances[nearest])) nearest = candidate;
            }

            if (nearest < 0) break;
            order[at] = nearest;
            merging[lanes[nearest]]++;
        }

        approachStarts[approach + 1] = at;
    }

    private void MakeRoom(int at)
    {
        if (at < arrivals.Length) return;
        Array.Resize(ref arrivals, 2 * arrivals.Length);
        Array.Resize(ref distances, 2 * distances.Length);
        Array.Resize(ref upstream, 2 * upstream.Length);
        Array.Resize(ref lanes, 2 * lanes.Length);
        Array.Resize(ref order, 2 * order.Length);
        Array.Resize(ref turns, 2 * turns.Length);
    }

    /// <summary>The movement of its lane that a vehicle is taken to choose in a sample.</summary>
    internal static int Guess(LaneModel lane, in ApproachingVehicle vehicle, ImmutableArray<double> shares, int sample)
    {
        if (lane.Movements.Length == 1) return lane.Movements[0];
        var total = 0.0;
        for (var k = 0; k < lane.Movements.Length; k++) total += Share(lane, vehicle, shares, k);
        var left = total * Spread.Of(vehicle.Key, sample, Samples);
        var guess = lane.Movements[0];
        for (var k = 0; k < lane.Movements.Length; k++)
        {
            var share = Share(lane, vehicle, shares, k);
            if (share <= 0) continue;
            guess = lane.Movements[k];
            left -= share;
            if (left < 0) break;
        }

        return guess;
    }

    private static double Share(LaneModel lane, in ApproachingVehicle vehicle, ImmutableArray<double> shares, int k) =>
        (vehicle.Excluded >> k & 1) != 0 ? 0 : shares[lane.Movements[k]];
}
