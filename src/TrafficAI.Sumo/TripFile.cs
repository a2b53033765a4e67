using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
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
        foreach (var trip in Read(tripInfo))
            tally.Add(trip);
        return tally.Sum() ?? throw new ScenarioException(
            $"{scenario.Path}: no vehicle is scheduled from {begin} s to {end} s. Choose another window, or check the route files.");
    }

    private readonly record struct Trip(
        string Id, double Depart, double DepartDelay, double Arrival, double Duration, double Waiting, double TimeLoss);

    private static IEnumerable<Trip> Read(string path)
    {
        using var xml = OpenTrips(path);
        while (Next(xml, path))
        {
            yield return new(
                xml.GetAttribute("id") ?? "",
                Number(xml, path, "depart"),
                Number(xml, path, "departDelay"),
                Number(xml, path, "arrival"),
                Number(xml, path, "duration"),
                Number(xml, path, "waitingTime"),
                Number(xml, path, "timeLoss"));
        }
    }

    private static XmlReader OpenTrips(string path)
    {
        try
        {
            return SumoFile.Open(path);
        }
        catch (ScenarioException e)
        {
            throw new EngineException(e.Message, e);
        }
    }

    private static bool Next(XmlReader xml, string path)
    {
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.Name == "tripinfo")
                    return true;
            }
            return false;
        }
        catch (XmlException e)
        {
            throw new EngineException($"{path}: the trip file is incomplete ({SumoFile.OneLine(e.Message)}). "
                + "Run again, and read it when the run has finished.", e);
        }
    }

    private static double Number(XmlReader xml, string path, string name) =>
        double.TryParse(xml.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new EngineException(
                $"{path}: vehicle '{xml.GetAttribute("id")}' has no number '{name}'. Give a trip file of SUMO (--tripinfo-output).");

    private sealed class Tally
    {
        private readonly Dictionary<string, double> wanted = new(StringComparer.Ordinal);
        private readonly HashSet<string> named = new(StringComparer.Ordinal);
        private readonly bool hasFlows;
        private readonly long begin;
        private readonly long end;
        private readonly List<VehicleDelay> vehicles = [];
        private double duration;
        private double waiting;
        private int finished;
        private int running;
        private int neverOfFlows;

        public Tally(Departures demand, long begin, long end)
        {
            (hasFlows, this.begin, this.end) = (demand.HasFlows, begin, end);
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
        }

        private void AddOfFlow(Trip trip, bool entered)
        {
            var scheduled = (entered ? trip.Depart : end) - trip.DepartDelay;
            if (!hasFlows || !InWindow(scheduled))
                return;
            if (entered)
                AddEntered(trip, scheduled);
            else
                AddNever(scheduled);
        }

        private void AddEntered(Trip trip, double scheduled)
        {
            vehicles.Add(new(scheduled, trip.TimeLoss + trip.DepartDelay));
            duration += trip.Duration;
            waiting += trip.Waiting;
            if (trip.Arrival < 0)
                running++;
            else
                finished++;
        }

        private void AddNever(double scheduled)
        {
            vehicles.Add(new(scheduled, end - scheduled));
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
            return new(score, sorted);
        }
    }
}
