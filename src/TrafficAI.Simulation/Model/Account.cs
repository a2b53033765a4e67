namespace TrafficAI.Simulation.Model;

/// <summary>What is known of one vehicle's trip.</summary>
internal struct Account
{
    /// <summary>Step of the departure and of the arrival; −1 before.</summary>
    public long Departed;

    public long Arrived;

    /// <summary>While it is on the street: its slot.</summary>
    public int Slot;

    /// <summary>At the arrival.</summary>
    public Tally Last;

    public int DepartLane;
    public double DepartPosition;
    public double DepartSpeed;
    public int ArrivalLane;
    public double ArrivalPosition;
    public double ArrivalSpeed;

    public static Account Fresh => new() { Departed = -1, Arrived = -1 };

    public void Arrive(StreetState street, in Car car)
    {
        Arrived = street.Step;
        (ArrivalLane, ArrivalSpeed) = (car.Lane, car.Speed);
        ArrivalPosition = Math.Min(car.Position, street.ArrivalPositions[car.Vehicle]);
        Last = Tally.Of(car) with { Metres = car.Metres + ArrivalPosition };
    }
}
