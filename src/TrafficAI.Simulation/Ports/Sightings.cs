namespace TrafficAI.Simulation.Ports;

/// <summary>Where each vehicle is at the end of a second, by its number in the demand.</summary>
internal sealed class Sightings(int vehicles)
{
    private readonly (long Look, int Lane, double Speed)[] last = new (long, int, double)[vehicles];
    private long look;

    public void Begin() => look++;

    public void See(int vehicle, int lane, double speedMetresPerSecond) => last[vehicle] = (look, lane, speedMetresPerSecond);

    /// <summary>The lane on which it is; −1 if it is no longer on the street.</summary>
    public int LaneOf(int vehicle) => last[vehicle].Look == look ? last[vehicle].Lane : -1;

    /// <summary>How fast it is, or was when it was seen last.</summary>
    public double SpeedOf(int vehicle) => last[vehicle].Speed;
}
