using System.Collections.Immutable;
using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Optimisation.Tests;

public sealed class MaximumBandwidthTests
{
    [Fact]
    public void No_offsets_give_wider_bands() =>
        Prop.ForAll(Corridors(5, 30), problem =>
        {
            var solved = MaximumBandwidth.Solve(problem);
            Assert.Equal(BruteForce(problem, problem.Value), solved.Value);
            Assert.Equal(0, solved.Offsets[0]);
            Assert.True(solved.Value <= solved.ValueBound);
            Assert.True(problem.OutboundWeight == 0 || solved.Outbound.WidthSeconds <= solved.OutboundBound);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void No_offsets_give_a_wider_narrower_band_than_the_balanced_ones() =>
        Prop.ForAll(Corridors(4, 24), problem =>
        {
            var solved = MaximumBandwidth.Solve(problem, balanced: true);
            Assert.Equal(BruteForce(problem, (a, b) => Math.Min(a, b)), Math.Min(solved.Outbound.WidthSeconds, solved.Inbound.WidthSeconds));
            Assert.Equal(BruteForce(problem, (a, b) => 1000 * Math.Min(a, b) + problem.Value(a, b)), 1000 * Math.Min(solved.Outbound.WidthSeconds, solved.Inbound.WidthSeconds) + solved.Value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void The_bands_pass_every_stop_line_on_green() =>
        Prop.ForAll(Corridors(20, 180), problem =>
        {
            var solved = MaximumBandwidth.Solve(problem);
            foreach (var (junction, offset) in problem.Junctions.Zip(solved.Offsets))
            {
                for (var i = 0; i < solved.Outbound.WidthSeconds; i++)
                    Assert.True(junction.OutboundGreen[problem.Wrap(solved.Outbound.BeginSecond + i + junction.OutboundSeconds - offset)]);
                for (var i = 0; i < solved.Inbound.WidthSeconds; i++)
                    Assert.True(junction.InboundGreen[problem.Wrap(solved.Inbound.BeginSecond + i - junction.InboundSeconds - offset)]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void All_offsets_may_move_together() =>
        Prop.ForAll(Corridors(8, 60), ArbMap.Default.ArbFor<byte>(), (problem, by) =>
        {
            var solved = MaximumBandwidth.Solve(problem);
            var moved = CoordinatedOffsets.Of(problem, [.. solved.Offsets.Select(o => problem.Wrap(o + by))]);
            Assert.Equal((solved.Value, solved.Outbound.WidthSeconds, solved.Inbound.WidthSeconds), (moved.Value, moved.Outbound.WidthSeconds, moved.Inbound.WidthSeconds));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_corridor_is_worth_the_same_from_its_other_end() =>
        Prop.ForAll(Corridors(8, 60), problem => Assert.Equal(MaximumBandwidth.Solve(problem).Value, MaximumBandwidth.Solve(Turned(problem)).Value)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_wave_in_one_direction_is_as_wide_as_the_narrowest_green() =>
        Prop.ForAll(Corridors(20, 120), problem =>
        {
            var solved = MaximumBandwidth.Solve(new(problem.Junctions, 1, 0));
            Assert.Equal(solved.OutboundBound, solved.Outbound.WidthSeconds);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Junctions_half_a_cycle_apart_let_both_bands_through_whole()
    {
        var solved = MaximumBandwidth.Solve(new([.. Enumerable.Range(0, 5).Select(i => new CoordinatedJunction(Green(80, 0, 40), Green(80, 0, 40), 40 * i, 40 * i))], 1, 1));
        Assert.Equal((40, 40), (solved.Outbound.WidthSeconds, solved.Inbound.WidthSeconds));
        Assert.Equal([0, 40, 0, 40, 0], solved.Offsets);
    }

    [Fact]
    public void A_junction_that_runs_double_reaches_its_bound_a_quarter_cycle_away()
    {
        var once = MaximumBandwidth.Solve(QuarterCycleApart(Green(80, 0, 40)));
        Assert.Equal((40L, 80L), (once.Value, once.ValueBound));
        var twice = MaximumBandwidth.Solve(QuarterCycleApart([.. Green(40, 0, 20), .. Green(40, 0, 20)]));
        Assert.Equal((20, 20), (twice.Outbound.WidthSeconds, twice.Inbound.WidthSeconds));
        Assert.Equal(twice.ValueBound, twice.Value);

        static CoordinationProblem QuarterCycleApart(ImmutableArray<bool> second) =>
            new([new(Green(80, 0, 40), Green(80, 0, 40), 0, 0), new(second, second, 20, 20)], 1, 1);
    }

    [Fact]
    public void A_road_that_is_always_green_has_a_band_of_the_whole_cycle()
    {
        var solved = MaximumBandwidth.Solve(new([new(Green(60, 0, 60), Green(60, 0, 60), 0, 0), new(Green(60, 0, 60), Green(60, 0, 60), 17, 23)], 2, 1));
        Assert.Equal((60, 60, 180L), (solved.Outbound.WidthSeconds, solved.Inbound.WidthSeconds, solved.Value));
    }

    [Fact]
    public void Without_green_there_is_no_band()
    {
        var solved = MaximumBandwidth.Solve(new([new(Green(60, 0, 0), Green(60, 0, 30), 0, 0), new(Green(60, 0, 30), Green(60, 0, 0), 17, 23)], 2, 1));
        Assert.Equal((0L, 0L), (solved.Value, solved.ValueBound));
    }

    [Fact]
    public void Twenty_junctions_take_less_than_a_second()
    {
        var watch = Stopwatch.StartNew();
        var solved = MaximumBandwidth.Solve(CorridorOfTwenty());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
        Assert.InRange(solved.Value, 1, solved.ValueBound);
    }

    private static CoordinationProblem CorridorOfTwenty() => new(
        [.. Enumerable.Range(0, 20).Select(i => new CoordinatedJunction(
            [.. Green(90, 7 * i % 90, 30 + i % 5), .. Green(90, 11 * i % 90, 25)], [.. Green(90, 5 * i % 90, 35), .. Green(90, 13 * i % 90, 20)], 23 * i, 26 * i))], 3, 2);

    /// <summary>Green of a length from a second on, cyclic.</summary>
    private static ImmutableArray<bool> Green(int cycle, int begin, int length) => [.. Enumerable.Range(0, cycle).Select(s => (s - begin + cycle) % cycle < length)];

    private static CoordinationProblem Turned(CoordinationProblem problem)
    {
        var last = problem.Junctions[^1];
        return new(
            [.. problem.Junctions.Reverse().Select(j => new CoordinatedJunction(
                j.InboundGreen, j.OutboundGreen, last.InboundSeconds - j.InboundSeconds, last.OutboundSeconds - j.OutboundSeconds))],
            problem.InboundWeight, problem.OutboundWeight);
    }

    private static Arbitrary<CoordinationProblem> Corridors(int mostJunctions, int longestCycle) => (
        from cycle in Gen.Choose(1, longestCycle)
        from junctions in Gen.Choose(1, mostJunctions)
        from greens in Gen.ArrayOf(Windows(cycle), 2 * junctions)
        from links in Gen.ArrayOf(Gen.Choose(0, 2 * cycle), 2 * junctions)
        from outbound in Gen.Choose(0, 3)
        from inbound in Gen.Choose(outbound == 0 ? 1 : 0, 3)
        select new CoordinationProblem(
            [.. Enumerable.Range(0, junctions).Select(i => new CoordinatedJunction(
                greens[2 * i], greens[2 * i + 1], links.Take(i).Sum(), links.Skip(junctions).Take(i).Sum()))],
            outbound, inbound)).ToArbitrary();

    /// <summary>One to three greens in a cycle, which may overlap.</summary>
    private static Gen<ImmutableArray<bool>> Windows(int cycle) =>
        from count in Gen.Choose(1, 3)
        from begins in Gen.ArrayOf(Gen.Choose(0, cycle - 1), count)
        from lengths in Gen.ArrayOf(Gen.Choose(0, Math.Max(1, 2 * cycle / 3)), count)
        select begins.Zip(lengths, (begin, length) => Green(cycle, begin, length)).Aggregate((a, b) => [.. a.Zip(b, (x, y) => x || y)]);

    /// <summary>Every combination of offsets, with greens as bits: shares nothing with the solver.</summary>
    private static long BruteForce(CoordinationProblem problem, Func<int, int, long> worth)
    {
        var cycle = problem.CycleSeconds;
        var masks = problem.Junctions.Select(j => (
            Outbound: Enumerable.Range(0, cycle).Select(o => Bits(s => j.OutboundGreen[Modulo(s + j.OutboundSeconds - o)])).ToArray(),
            Inbound: Enumerable.Range(0, cycle).Select(o => Bits(s => j.InboundGreen[Modulo(s - j.InboundSeconds - o)])).ToArray())).ToArray();
        return Search(1, masks[0].Outbound[0], masks[0].Inbound[0]);

        long Search(int junction, uint outbound, uint inbound)
        {
            if (junction == masks.Length) return worth(LongestRun(outbound), LongestRun(inbound));
            var best = 0L;
            for (var offset = 0; offset < cycle; offset++)
                best = Math.Max(best, Search(junction + 1, outbound & masks[junction].Outbound[offset], inbound & masks[junction].Inbound[offset]));
            return best;
        }

        int Modulo(int value) => (value % cycle + cycle) % cycle;
        uint Bits(Func<int, bool> isSet) => (uint)Enumerable.Range(0, cycle).Where(isSet).Sum(s => 1L << s);
        int LongestRun(uint bits)
        {
            var all = (uint)((1L << cycle) - 1);
            if (bits == all) return cycle;
            var length = 0;
            for (; bits != 0; length++) bits &= (bits << 1 | bits >> (cycle - 1)) & all;
            return length;
        }
    }
}
