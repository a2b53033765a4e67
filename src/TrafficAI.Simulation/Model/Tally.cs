namespace TrafficAI.Simulation.Model;

/// <summary>What is counted of a vehicle on its way, as <see cref="Car"/> has it.</summary>
internal readonly record struct Tally(double TimeLoss, double Metres, double Factor, int Waited, int Halts, int Stopped)
{
    public static Tally Of(in Car car) => new(car.TimeLoss, car.Metres + car.Position, car.Factor, car.Waited, car.Halts, car.Stopped);
}
