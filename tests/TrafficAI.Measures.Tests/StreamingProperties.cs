using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>Asked at any moment, in pieces of any size and with facts and frames mixed in any way, the figures are the same to the bit as all at once.</summary>
public sealed class StreamingProperties
{
    private const int Bin = 60;

    [Fact]
    public void Streaming_and_batch_agree_to_the_bit() =>
        Prop.ForAll<(int Seed, byte Questions, byte Mix)>(given =>
        {
            var (frames, facts) = Make(given.Seed);
            var batch = new IntersectionMeter(Scene.Layout, new(long.MinValue, long.MaxValue, Bin));
            foreach (var frame in frames) batch.Take(frame);
            foreach (var fact in facts) batch.Take(fact);
            var streamed = new IntersectionMeter(Scene.Layout, new(long.MinValue, long.MaxValue, Bin));
            var chance = new Random(given.Mix);
            var (nextFrame, nextFact) = (0, 0);
            while (nextFrame < frames.Length || nextFact < facts.Length)
            {
                if (nextFact == facts.Length || (nextFrame < frames.Length && chance.Next(4) > 0)) streamed.Take(frames[nextFrame++]);
                else streamed.Take(facts[nextFact++]);
                if (chance.Next(256) < given.Questions / 16) Assert.NotNull(IntersectionReport.Of(streamed, 0, Bin * chance.Next(1, 10)));
            }

            return Same(IntersectionReport.Of(batch, 0, 10 * Bin), IntersectionReport.Of(streamed, 0, 10 * Bin));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bins_add_up_to_a_window_measured_alone() =>
        Prop.ForAll<(int Seed, byte From, byte Length)>(given =>
        {
            var (frames, facts) = Make(given.Seed);
            var (from, to) = (Bin * (given.From % 8L), Bin * (given.From % 8L + 1 + given.Length % 4));
            var all = new IntersectionMeter(Scene.Layout, new(long.MinValue, long.MaxValue, Bin));
            var alone = new IntersectionMeter(Scene.Layout, new(from, to, Bin));
            foreach (var meter in new[] { all, alone })
            {
                foreach (var frame in frames) meter.Take(frame);
                foreach (var fact in facts) meter.Take(fact);
            }

            return Same(IntersectionReport.Of(all, from, to), IntersectionReport.Of(alone, from, to));
        }).QuickCheckThrowOnFailure();

    private static bool Same(IntersectionMeasures a, IntersectionMeasures b) =>
        a.Values.SequenceEqual(b.Values)
        && a.Subjects.Zip(b.Subjects).All(pair => pair.First.Name == pair.Second.Name && pair.First.Values.SequenceEqual(pair.Second.Values)) && a.Subjects.Length == b.Subjects.Length
        && a.Bins.Zip(b.Bins).All(pair => pair.First.From == pair.Second.From && pair.First.Values.SequenceEqual(pair.Second.Values)) && a.Bins.Length == b.Bins.Length;

    /// <summary>Ten minutes with gaps, both kinds of sensing and facts.</summary>
    private static (Frame[] Frames, Fact[] Facts) Make(int seed)
    {
        var chance = new Random(seed);
        var scene = new Scene();
        Lamp[] order = [Lamp.Red, Lamp.Green, Lamp.FlashingGreen, Lamp.Amber];
        for (var step = 0; scene.Second < 600; step++)
        {
            var lamp = order[step % 4];
            var walk = chance.Next(3) == 0 ? Lamp.Green : Lamp.Red;
            if (chance.Next(12) == 0) scene.Lose(chance.Next(1, 45));
            for (var i = chance.Next(1, 30); i > 0; i--)
            {
                if (chance.Next(200) == 0 || seed % 3 == 0) scene.See(lamp, [.. Enumerable.Range(0, chance.Next(4)).Select(k => new TrackedObject(0, (ushort)chance.Next(2000), (ushort)chance.Next(150), (ObjectClass)chance.Next(5), (uint)(k + step)))]);
                else scene.Show(1, lamp, Loop(chance), Loop(chance), Loop(chance), walk);
            }
        }

        var facts = Enumerable.Range(0, 40).Select(i => (long)i * 15).Select(second => OneOf(chance, second)).ToArray();
        return ([.. scene.Frames], facts);
    }

    private static LoopReading Loop(Random chance) => chance.Next(3) == 0 ? new((byte)chance.Next(3), (ushort)chance.Next(1001)) : default;

    private static Fact OneOf(Random chance, long second) => chance.Next(7) switch
    {
        0 => new Fact.Decided(second, new(chance.Next(1, 3)), new(chance.Next(1, 3)), chance.Next(2) == 0 ? "adaptive" : "fixed", (Termination)chance.Next(5), chance.Next(4) == 0),
        1 => new Fact.DetectorChanged(second, $"d{chance.Next(3)}", chance.Next(2) == 0 ? "good" : "stuck"),
        2 => new Fact.LevelChanged(second, "sensed", "profiles"),
        3 => new Fact.PriorityAnswered(second, $"r{chance.Next(5)}", "completed"),
        4 => new Fact.PlanningChanged(second, chance.Next(2) == 0),
        5 => new Fact.ViolationFound(second),
        _ => new Fact.IncidentChanged(second, "w_0", chance.Next(2) == 0),
    };
}
