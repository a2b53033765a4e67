using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Simulation.Ports;

/// <summary>The built-in street behind the port that every engine has. When <see cref="Finished"/>, its trip file is complete.</summary>
public sealed class BuiltinEngine : IEngine
{
    private readonly BuiltinOptions options;
    private readonly Street street;
    private readonly StreetSensors sensors;

    /// <exception cref="ArgumentException">The window is empty, or the demand does not fit the network.</exception>
    public BuiltinEngine(BuiltinOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.End, options.Begin);
        this.options = options;
        street = new(options.Network, options.Demand, new((ulong)options.Seed, BeginSeconds: options.Begin));
        sensors = new(options.Network, options.Sensing, options.Demand.Vehicles.Length);
        Second = options.Begin;
    }

    public long Second { get; private set; }

    public bool Finished => Second >= options.End;

    public (int Running, int Waiting) Vehicles => (street.Running, street.Waiting);

    /// <summary>How many have arrived, and the mean delay so far over everybody who was to have departed by now: lost time and wait to enter,
    /// seconds; 0 before anybody was.</summary>
    public (int Arrived, double DelaySeconds) SoFar
    {
        get
        {
            var (count, delay) = (0, 0.0);
            for (; count < options.Demand.Vehicles.Length && options.Demand.Vehicles[count].DepartSeconds < Second; count++)
            {
                var trip = street.Trip(count);
                delay += trip.TimeLoss + trip.DepartDelay;
            }
            return (street.Arrived, count == 0 ? 0 : delay / count);
        }
    }

    public DetectorReadings Sense(int intersection) => sensors.Readings(intersection);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Not one letter per signal link.</exception>
    public void Show(int intersection, string letters)
    {
        var known = options.Network.Intersections[intersection];
        if (letters.Length != known.Links.Length)
            throw new ArgumentException($"{known.Id}: {letters.Length} letters for {known.Links.Length} signal links.", nameof(letters));
        street.SetLights(intersection, letters);
    }

    public void Step()
    {
        if (Finished) throw new InvalidOperationException("The engine has finished.");
        street.Step();
        sensors.Look(street);
        Second++;
        if (Finished && options.TripInfo is { } file) TripInfoWriter.Write(file, street, options);
    }

    /// <summary>Closes the trip file.</summary>
    public void Dispose() => options.TripInfo?.Dispose();
}
