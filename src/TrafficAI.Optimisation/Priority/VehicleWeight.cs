namespace TrafficAI.Optimisation.Priority;

/// <summary>What the waiting of a vehicle that asks for priority counts, in cars.</summary>
public static class VehicleWeight
{
    /// <summary>No vehicle counts for more: beyond, buses gained nothing any more on four-arm, and all others lost.</summary>
    public const double Most = 10;

    /// <summary>Persons in a car on average: Kazakh and European surveys find 1.2 to 1.5.</summary>
    public const double PersonsInACar = 1.3;

    /// <summary>Persons in a bus that does not say how many.</summary>
    public const int UsualPersons = 20;

    /// <summary>One that is so late counts by its persons alone; half as late, half as much; twice as late, twice as much, and no more.</summary>
    public const double FullLatenessSeconds = 120;

    private const double MostLateness = 2;

    /// <summary>Persons over those of a car, times lateness.</summary>
    /// <param name="persons">0 or more; null where nobody says.</param>
    /// <param name="lateSeconds">Negative when it is early; null where nobody says: by its persons alone then.</param>
    /// <returns>1, as a car, to <see cref="Most"/>.</returns>
    public static double Of(int? persons, int? lateSeconds)
    {
        var lateness = lateSeconds is { } late ? Math.Clamp(late / FullLatenessSeconds, 0, MostLateness) : 1;
        return Math.Clamp((persons ?? UsualPersons) / PersonsInACar * lateness, 1, Most);
    }
}

/// <summary>A vehicle that has asked for priority, and whose waiting counts for more.</summary>
/// <param name="Weight">In cars, as <see cref="VehicleWeight.Of"/> gives it.</param>
public readonly record struct AskedVehicle(Signals.PriorityRequest Request, double Weight);
