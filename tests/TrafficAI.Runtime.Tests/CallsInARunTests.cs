using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Runtime.Tests;

/// <summary>Class S at the four-arm junction: the main road is full, whoever turns left drives through every few minutes.</summary>
public sealed class CallsInARunTests
{
    private const int SideLeft = 2;
    private const int Seconds = 1500;
    private static readonly Site Site = Site.Build(ScriptedStreet.FourArmFile, "four-arm.net.xml", ControlClass.S);

    [Theory]
    [InlineData("", 0, 121, Seconds)]
    [InlineData("dead=100%", 0, 1, 120)]
    [InlineData("dead=100%", 1, 1, 120)]
    public async Task An_empty_lane_is_served_within_the_maximum_red_only_when_its_detector_is_dead(string faults, int latency, int least, int most)
    {
        await using var log = new MemoryEventLog();
        var engine = await RunAsync(log, faults, latency);
        Assert.InRange(engine.LongestRed, least, most);
        var stop = TestContext.Current.CancellationToken;
        var replayed = new IntersectionFold(Site.Models[0], new DecisionOptions("actuated", latency));
        await foreach (var (input, revision) in RecordedInputs.ReadAsync(new LogStream(log, StreamNames.Inputs(Site.Signals[0].Id)), Site.Signals[0].Id, -1, stop))
            replayed.Apply(input, revision);
        Assert.Equal(engine.Digest!.Close(), replayed.Digest.Close());
    }

    private static async Task<ThinStreet> RunAsync(IEventLog inner, string faults, int latency)
    {
        var log = new OrderedLog(inner);
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], new DecisionOptions("actuated", latency), log, bus);
        var engine = new ThinStreet();
        using var street = new LockstepStreet(engine, Site.Network, Site.Signals, bus, FaultSpec.Parse(faults), 4);
        await using var host = new ActorHost([actor], bus, 1);
        await street.RunAsync(host, log, null, TestContext.Current.CancellationToken);
        engine.Digest = actor.Fold.Digest;
        return engine;
    }

    private sealed class ThinStreet : IEngine
    {
        private static readonly Movement Main = Site.Models[0].Movements.First(m => m.Link == 4);
        private int red;

        public long Second { get; private set; }

        public bool Finished => Second >= Seconds;

        public (int Running, int Waiting) Vehicles => (0, 0);

        public int LongestRed { get; private set; }

        public DecisionDigest? Digest { get; set; }

        public DetectorReadings Sense(int intersection)
        {
            var model = Site.Models[0];
            var seen = model.Lanes.Where(l => l.Index == Main.StopLane || Second % 300 == 5)
                .Select(l => new TrackedObject((ushort)l.Index, 500, (ushort)(l.Index == Main.StopLane ? 0 : 100), ObjectClass.Car, (uint)l.Index));
            return DetectorReadings.Nothing(Sensing.Full, model.Intersection.Detectors.Length) with { Objects = [.. seen] };
        }

        public void Show(int intersection, string letters)
        {
            red = letters[SideLeft] == 'r' ? red + 1 : 0;
            LongestRed = Math.Max(LongestRed, red);
        }

        public void Step() => Second++;

        public void Dispose()
        {
        }
    }
}
