using System.Collections.Immutable;
using TrafficAI.Signals.Street;

namespace TrafficAI.Sumo;

/// <summary>SUMO's trip file, written with unfinished and undeparted vehicles.</summary>
public static class TripFile
{
    /// <summary>Scores a run.</summary>
    /// <param name="tripInfo">The trip file.</param>
    /// <param name="scenario">What ran; of a scaled run the scenario with the scaled routes (<see cref="SumoEngine.Scenario"/>).</param>
    /// <param name="begin">First street second of the window.</param>
    /// <param name="end">The street second at which the window and the run ended.</param>
    /// <exception cref="EngineException">The trip file is missing or incomplete.</exception>
    /// <exception cref="ScenarioException">A route file cannot be read, or nobody is scheduled in the window.</exception>
    /// <remarks>The vehicles of flows are known only from the trip file itself: its entries tell when each was scheduled.</remarks>
    public static TripScore Score(string tripInfo, ScenarioFile scenario, long begin, long end) =>
        ScoreVehicles(tripInfo, scenario, begin, end).Score;

    /// <summary>Scores a run, and keeps each vehicle's part in it.</summary>
    /// <inheritdoc cref="Score"/>
    public static ScoredTrips ScoreVehicles(string tripInfo, ScenarioFile scenario, long begin, long end)
    {
        var demand = Departures.Read([.. scenario.RouteFiles, .. scenario.AdditionalFiles]);
        var tally = new Tally(demand, begin, end);
        TripReader.Read(tripInfo, tally.Add, tally.Add);
        return tally.Sum() ?? throw new ScenarioException(
            $"{scenario.Path}: no vehicle is scheduled from {begin} s to {end} s. Choose another window, or check the route files.");
    }

    private sealed class Tally
    {
        private readonly Dictionary<string, double> wanted = new(StringComparer.Ordinal);
        private readonly HashSet<string> named = new(StringComparer.Ordinal);
        private readonly bool hasFlows;
        private readonly long begin;
        private readonly long end;
        private readonly List<VehicleDelay> vehicles = [];
        private readonly TravelTally travel;
        private double duration;
        private double waiting;
        private int finished;
        private int running;
        private int neverOfFlows;

        public Tally(Departures demand, long begin, long end)
        {
            (hasFlows, this.begin, this.end, travel) = (demand.HasFlows, begin, end, new(demand.BusTypes));
            foreach (var vehicle in demand.Vehicles)
            {
                named.Add(vehicle.Id);
                if (InWindow(vehicle.ScheduledSeconds))
                    wanted[vehicle.Id] = vehicle.ScheduledSeconds;
            }
        }

        private bool InWindow(double scheduled) => scheduled >= begin && scheduled < end;

        public void Add(Trip trip)
        {
            var entered = trip.Depart >= 0;
            if (!named.Contains(trip.Id))
                AddOfFlow(trip, entered);
            else if (entered && wanted.Remove(trip.Id, out var scheduled)) // one that did not enter stays behind, and is counted at the end
                AddEntered(trip, scheduled);
            else if (!entered && wanted.TryGetValue(trip.Id, out var never))
                travel.Add(trip, entered: false, end - never);
        }

        public void Add(Walk walk)
        {
            if (InWindow(walk.Depart) && walk.Arrival >= 0)
                travel.Add(walk);
        }

        private void AddOfFlow(Trip trip, bool entered)
        {
            var scheduled = (entered ? trip.Depart : end) - trip.DepartDelay;
            if (!hasFlows || !InWindow(scheduled))
                return;
            if (entered)
                AddEntered(trip, scheduled);
            else
                AddNever(trip, scheduled);
        }

        private void AddEntered(Trip trip, double scheduled)
        {
            vehicles.Add(new(scheduled, trip.TimeLoss + trip.DepartDelay));
            travel.Add(trip, entered: true, trip.TimeLoss + trip.DepartDelay);
            duration += trip.Duration;
            waiting += trip.Waiting;
            if (trip.Arrival < 0)
                running++;
            else
                finished++;
        }

        private void AddNever(Trip trip, double scheduled)
        {
            vehicles.Add(new(scheduled, end - scheduled));
            travel.Add(trip, entered: false, end - scheduled);
            neverOfFlows++;
        }

        public ScoredTrips? Sum()
        {
            vehicles.AddRange(wanted.Values.Select(scheduled => new VehicleDelay(scheduled, end - scheduled)));
            return vehicles.Count == 0 ? null : Sum([.. vehicles.OrderBy(v => v.DelaySeconds).ThenBy(v => v.ScheduledSeconds)]);
        }

        private ScoredTrips Sum(ImmutableArray<VehicleDelay> sorted)
        {
            var entered = Math.Max(1, finished + running);
            var score = new TripScore(
                Math.Round(sorted.Average(v => v.DelaySeconds), 2), Math.Round(sorted[(int)(.95 * (sorted.Length - 1))].DelaySeconds, 1), sorted.Length,
                finished, running, wanted.Count + neverOfFlows, Math.Round(duration / entered, 2), Math.Round(waiting / entered, 2));
            return new(score, sorted, travel.Sum());
        }
    }
}
