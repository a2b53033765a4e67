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
    private int[] turns = new int[64 * Samples];

    /// <summary>Per lane the position of its first vehicle; one more entry closes the last lane.</summary>
    private readonly int[] starts = new int[model.Lanes.Length + 1];

    private readonly bool[] standing = new bool[model.Lanes.Length];

    /// <summary>All vehicles of all lanes.</summary>
    public int Count => starts[^1];

    public int Start(int lane) => starts[lane];

    public int End(int lane) => starts[lane + 1];

    /// <summary>The head of the lane stands, and the queue is not on its way.</summary>
    public bool HeadStands(int lane) => standing[lane];

    /// <summary>When the vehicle would pass the line if nothing were in its way, in seconds from now.</summary>
    public double Arrival(int vehicle) => arrivals[vehicle];

    /// <summary>The movement that a vehicle takes in a sample.</summary>
    public int Turn(int vehicle, int sample) => turns[vehicle * Samples + sample];

    public void Load(TrafficPicture picture)
    {
        var at = 0;
        foreach (var lane in model.Lanes)
        {
            var (vehicles, _, sinceDischarge) = picture.Lanes[lane.Index];
            starts[lane.Index] = at;
            standing[lane.Index] = !vehicles.IsEmpty && vehicles[0].Standing && sinceDischarge > DischargingSeconds;
            foreach (var vehicle in vehicles)
            {
                MakeRoom(at);
                arrivals[at] = vehicle.ArrivalSeconds;
                for (var s = 0; s < Samples; s++) turns[at * Samples + s] = Guess(lane, vehicle, picture.TurnShares, s);
                at++;
            }
        }

        starts[^1] = at;
    }

    private void MakeRoom(int at)
    {
        if (at < arrivals.Length) return;
        Array.Resize(ref arrivals, 2 * arrivals.Length);
        Array.Resize(ref turns, 2 * turns.Length);
    }

    private static int Guess(LaneModel lane, in ApproachingVehicle vehicle, ImmutableArray<double> shares, int sample)
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
