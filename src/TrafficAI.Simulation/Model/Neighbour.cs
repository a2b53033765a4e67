namespace TrafficAI.Simulation.Model;

/// <summary>Another vehicle ahead or behind; slot −1 for nobody.</summary>
/// <param name="Gap">Between the two, less the gap that the one behind keeps when it stands, metres.</param>
internal readonly record struct Neighbour(int Slot, double Gap)
{
    public static Neighbour Nobody => new(-1, -1);

    /// <summary>Nobody on the lane itself; farther ahead nobody has looked yet.</summary>
    public static Neighbour Farther => new(-2, -1);

    public bool Exists => Slot >= 0;

    public bool IsFarther => Slot == -2;
}
