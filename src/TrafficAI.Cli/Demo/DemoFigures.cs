namespace TrafficAI.Cli.Demo;

/// <summary>How one street stands at an instant.</summary>
/// <param name="Second">Street second.</param>
/// <param name="Running">Vehicles in the street.</param>
/// <param name="Waiting">Vehicles that wait to enter it.</param>
/// <param name="DelaySeconds">Mean delay so far over everybody who was to have departed.</param>
internal readonly record struct DemoFigures(long Second, int Running, int Waiting, int Arrived, double DelaySeconds);
