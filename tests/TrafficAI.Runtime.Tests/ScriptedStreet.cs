using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Runtime.Tests;

/// <summary>A street without traffic engineering: one junction whose detectors say what a seed says.</summary>
internal sealed class ScriptedStreet(Site site, int seed, long end) : IEngine
{
    /// <summary>Now and then an emergency vehicle from here on.</summary>
    private const long EmergencyFrom = 60;

    public static ReadOnlyMemory<byte> FourArmFile { get; } = Resource("four-arm.net.xml");

    public static Site FourArm { get; } = Site.Build(FourArmFile, "four-arm.net.xml", ControlClass.RPlus);

    public long Second { get; private set; }

    public bool Finished => Second >= end;

    public (int Running, int Waiting) Vehicles => (0, 0);

    /// <summary>Every letter string that was shown, in order.</summary>
    public List<string> Shown { get; } = [];

    /// <summary>Phase changes that its controllers counted by the end of the run.</summary>
    public long Changes { get; set; }

    public DetectorReadings Sense(int intersection)
    {
        var chance = new Random(HashOf(seed, Second));
        var objects = Enumerable.Range(0, chance.Next(20))
            .Select(_ => new TrackedObject(
                (ushort)chance.Next(site.Network.Intersections[intersection].ObservedLanes.Length), (ushort)chance.Next(2000), (ushort)chance.Next(140),
                ObjectClass.Car, (uint)chance.Next(1000)))
            .Select(o => o.Track < 5 && Second >= EmergencyFrom ? o with { Class = ObjectClass.Emergency } : o)
            .OrderBy(o => o.Lane).ThenBy(o => o.DistanceDecimetres).ThenBy(o => o.Track).DistinctBy(o => o.Track);
        return DetectorReadings.Nothing(Sensing.Full, site.Network.Intersections[intersection].Detectors.Length) with { Objects = [.. objects] };
    }

    public void Show(int intersection, string letters) => Shown.Add(letters);

    public void Step() => Second++;

    public void Dispose()
    {
    }

    private static int HashOf(int seed, long second) => unchecked(seed * 1_000_003 + (int)second);

    private static ReadOnlyMemory<byte> Resource(string name)
    {
        using var stream = typeof(ScriptedStreet).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
