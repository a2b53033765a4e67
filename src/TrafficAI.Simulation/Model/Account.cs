namespace TrafficAI.Simulation.Model;

/// <summary>What is known of one vehicle's trip.</summary>
internal struct Account
{
    /// <summary>Step of the departure and of the arrival; −1 before.</summary>
    public long Departed;

    public long Arrived;

    /// <summary>Seconds lost against the speed wished for.</summary>
    public double TimeLoss;

    /// <summary>Steps in which it stood, not at a stop.</summary>
    public int Waited;

    /// <summary>How often it came to stand.</summary>
    public int Halts;

    /// <summary>Steps at stops.</summary>
    public int Stopped;

    /// <summary>Lengths of the lanes left, less the part of the first before the departure, metres.</summary>
    public double Metres;

    public int DepartLane;
    public double DepartPosition;
    public double DepartSpeed;
    public int ArrivalLane;
    public double ArrivalPosition;
    public double ArrivalSpeed;
    public double SpeedFactor;

    public static Account Fresh => new() { Departed = -1, Arrived = -1 };

    /// <summary>Adds a step; <paramref name="car"/> is still where it was.</summary>
    public void Add(StreetState street, in Car car, double nextSpeed, bool halts)
    {
        if (car.IsStopped)
        {
            Stopped++;
            return;
        }

        var wished = street.MaxSpeed(car, street.Kinds[car.Kind], car.Lane);
        TimeLoss += street.Dt * (wished - nextSpeed) / wished;
        if (!halts) return;
        Waited++;
        if (car.Waiting == 1) Halts++;
    }

    public void Arrive(StreetState street, in Car car)
    {
        Arrived = street.Step;
        (ArrivalLane, ArrivalSpeed) = (car.Lane, car.Speed);
        ArrivalPosition = Math.Min(car.Position, street.ArrivalPositions[car.Vehicle]);
        Metres += ArrivalPosition;
    }
}
