
namespace TrafficAI.Simulation.Model;

/// <summary>Halts at planned stops for as long as they last.</summary>
/// <remarks>SUMO 1.15, MSVehicle.processNextStop: reached when the vehicle stands within the stop.</remarks>
internal sealed class StopKeeper(StreetState street)
{
    private const double LeastSpeed = 0.1;

    /// <param name="nextSpeed">As planned, m/s.</param>
    /// <returns>The next speed with regard to the stop, m/s.</returns>
    public double Serve(ref Car car, ref Changing changing, double nextSpeed)
    {
        var stops = street.Stops[car.Vehicle];
        ref readonly var stop = ref stops[car.StopsDone];
        if (car.IsStopped)
        {
            car.StopLeft--;
            var until = stop.UntilSeconds is { } time && street.BeginSeconds + street.Now < time;
            if (car.StopLeft > 0 || until) return 0;
            car.IsStopped = false;
            car.StopsDone++;
            car.Route++;
            car.HasStops = car.StopsDone < stops.Length;
            car.StopDistance = double.PositiveInfinity;
            car.Prospects = street.Routes.Begin(car.Route, car.Place);
            street.Orient(ref car, ref changing);
            return 0;
        }

        var isThere = car.Lane == stop.Lane && car.Place == stop.RouteIndex && nextSpeed <= LeastSpeed
            && car.Position + nextSpeed * street.Dt >= stop.StartMetres - CarFollowing.Slack && car.Position <= stop.EndMetres + CarFollowing.Slack;
        if (!isThere) return nextSpeed;
        car.IsStopped = true;
        car.StopLeft = Math.Max(1, (int)Math.Round(stop.DurationSeconds / street.Dt));
        return nextSpeed;
    }
}
