using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>Whom an intersection is about to let go: those who have passed a stop line and have not been counted on an exit yet, and those who will
/// pass one in a green that is planned.</summary>
/// <remarks>A queue leaves as in the departure recursion of the index rule; who may turn elsewhere counts by his share, and who stands behind one that may have no
/// green by the probability that he is not held up.</remarks>
public sealed class ExpectedOutflow
{
    /// <summary>It looks so far ahead.</summary>
    public const int HorizonSeconds = 20;

    /// <summary>Whoever is less likely to be free to go is left out, and so are all behind him.</summary>
    private const double LeastPart = 0.05;

    /// <summary>A lane that has let somebody go so recently is moving.</summary>
    private const int MovingSeconds = 2;

    private readonly IntersectionModel model;
    private readonly GreenWindows greens;
    private readonly double[] crossing;
    private readonly double[] vehicles;
    private readonly int[] passed;
    private long second;

    public ExpectedOutflow(IntersectionModel model)
    {
        this.model = model;
        greens = new(model);
        crossing = [.. model.Movements.Select(CrossingTime.Usual)];
        vehicles = new double[model.ExitDetectors.Length * HorizonSeconds];
        passed = new int[model.Lanes.Length * HorizonSeconds];
    }

    /// <summary>Vehicles expected to be counted on an exit in each second from the picture on.</summary>
    public ReadOnlySpan<double> On(int exit) => vehicles.AsSpan(exit * HorizonSeconds, HorizonSeconds);

    /// <summary>So many have passed each stop line in the second before <paramref name="now"/>.</summary>
    public void Observe(long now, ReadOnlySpan<int> departures)
    {
        for (second = Math.Max(second, now - HorizonSeconds); second < now;)
        {
            second++;
            for (var lane = 0; lane < departures.Length; lane++) passed[Place(lane, second)] = second == now ? departures[lane] : 0;
        }
    }

    /// <summary>Nothing is planned.</summary>
    public void Clear() => Array.Clear(vehicles);

    /// <summary>Takes in a decision.</summary>
    /// <param name="granted">As <see cref="GreenWindows.Plan"/>.</param>
    /// <param name="expected">As <see cref="GreenWindows.Plan"/>.</param>
    public void Expect(in Situation situation, PhaseId granted, ReadOnlySpan<ExpectedPhase> expected)
    {
        Clear();
        greens.Plan(situation, granted, expected);
        foreach (var lane in model.Lanes)
        {
            AddPassed(lane, situation.Picture.TurnShares);
            AddComing(lane, situation.Picture);
        }
    }

    private static int Place(int lane, long at) => lane * HorizonSeconds + (int)(at % HorizonSeconds);

    private void AddPassed(LaneModel lane, ImmutableArray<double> shares)
    {
        for (var age = 0; age < HorizonSeconds && age <= second; age++)
        {
            var number = passed[Place(lane.Index, second - age)];
            if (number == 0) continue;
            foreach (var m in lane.Movements) Add(m, crossing[m] - age - 0.5, number * shares[m]);
        }
    }

    private void AddComing(LaneModel lane, TrafficPicture picture)
    {
        var traffic = picture.Lanes[lane.Index];
        var queue = new Leaving(0, 1, traffic.SinceDischargeSeconds > MovingSeconds ? DischargeRates.StartUpSeconds : 0);
        for (var step = 0; step < greens.Count && queue.Part > LeastPart; step++) queue = LeaveIn(step, lane, picture, queue);
    }

    /// <summary>Lets those go who can in one step of the plan.</summary>
    private Leaving LeaveIn(int step, LaneModel lane, TrafficPicture picture, Leaving queue)
    {
        var (begins, ends, goes) = Green(step, lane, picture.TurnShares);
        var traffic = picture.Lanes[lane.Index];
        while (goes > 0 && queue.Next < traffic.Vehicles.Length && queue.Part > LeastPart)
        {
            var arrives = traffic.Vehicles[queue.Next].ArrivalSeconds;
            var at = Math.Max(Math.Max(arrives, queue.Free), arrives < begins ? begins + DischargeRates.StartUpSeconds : begins);
            if (at >= ends || at >= HorizonSeconds) break;
            foreach (var m in lane.Movements)
            {
                if (model.RightOf(greens.Phase(step), m) != Right.None) Add(m, at + crossing[m], queue.Part * picture.TurnShares[m]);
            }

            queue = new(queue.Next + 1, queue.Part * goes, at + traffic.HeadwaySeconds);
        }

        return queue;
    }

    /// <summary>From the first to the last green of a lane in a step, and the share of its traffic that has any.</summary>
    private (double Begins, double Ends, double Share) Green(int step, LaneModel lane, ImmutableArray<double> shares)
    {
        var green = (Begins: GreenWindows.Open, Ends: -GreenWindows.Open, Share: 0.0);
        foreach (var m in lane.Movements)
        {
            if (model.RightOf(greens.Phase(step), m) == Right.None) continue;
            green = (Math.Min(green.Begins, greens.Begins(step, m)), Math.Max(green.Ends, greens.Ends(step, m)), green.Share + shares[m]);
        }

        return green;
    }

    private void Add(int movement, double seconds, double number)
    {
        if (seconds >= 0 && seconds < HorizonSeconds) vehicles[model.Movements[movement].Exit * HorizonSeconds + (int)seconds] += number;
    }

    /// <summary>How far a lane has got.</summary>
    /// <param name="Next">Its next vehicle.</param>
    /// <param name="Part">Probability that nobody before it is held up, 0 to 1.</param>
    /// <param name="Free">When it may pass the line at the earliest.</param>
    private readonly record struct Leaving(int Next, double Part, double Free);
}
