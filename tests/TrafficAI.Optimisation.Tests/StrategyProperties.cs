using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>What holds for every strategy, whatever the detectors say.</summary>
public sealed class StrategyProperties
{
    public static readonly TheoryData<string, Sensing> All = new(
        from name in Strategies.Names from sensing in Enum.GetValues<Sensing>() select (name, sensing));

    [Theory]
    [MemberData(nameof(All))]
    public void A_proposal_names_phases_that_exist_in_rising_time(string name, Sensing sensing) =>
        Check(seconds => Run(name, sensing, seconds, IsSound).All(sound => sound));

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_frames_give_the_same_proposals(string name, Sensing sensing) =>
        Check(seconds => Run(name, sensing, seconds, Text).SequenceEqual(Run(name, sensing, seconds, Text)));

    [Theory]
    [MemberData(nameof(All))]
    public void Other_intersections_beside_it_change_nothing(string name, Sensing sensing) =>
        Check(seconds =>
        {
            using var first = Run(name, sensing, seconds, Text).GetEnumerator();
            using var second = Run(name, sensing, [.. seconds.Reverse()], Text).GetEnumerator();
            var together = new List<string>();
            while (first.MoveNext() & second.MoveNext()) together.Add(first.Current);
            return together.SequenceEqual(Run(name, sensing, seconds, Text));
        });

    [Fact]
    public void Shares_of_a_lane_always_add_up_to_one() =>
        Check(seconds => Pictures(Sensing.Full, seconds).All(picture => FourArm.Model.Lanes.All(lane =>
            Math.Abs(lane.Movements.Sum(m => picture.TurnShares[m]) - 1) < 1e-9 && lane.Movements.All(m => picture.TurnShares[m] >= 0))));

    [Fact]
    public void Vehicles_come_in_order_and_standing_ones_have_arrived() =>
        Check(seconds => Pictures(Sensing.Full, seconds).All(picture => picture.Lanes.All(lane =>
            lane.Vehicles.ToArray().Zip(lane.Vehicles[Math.Min(1, lane.Vehicles.Length)..].ToArray()).All(pair => pair.First.DistanceMetres <= pair.Second.DistanceMetres)
            && lane.Vehicles.ToArray().All(v => v.Standing ? v.ArrivalSeconds == 0 : v.ArrivalSeconds >= 0))));

    [Fact]
    public void An_unknown_name_is_refused_with_the_names_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Strategies.Create("best", FourArm.Model));
        Assert.StartsWith("no strategy 'best'. Choose one of fixed, webster, tuc, actuated, actuated-tuned, max-pressure, adaptive.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_that_needs_plans_says_so()
    {
        var error = Assert.Throws<ArgumentException>(() => Strategies.Create("tuc", FourArm.Model));
        Assert.StartsWith("strategy 'tuc' needs plans computed from counts, and intersection 'centre' has none.", error.Message, StringComparison.Ordinal);
    }

    private static void Check(Func<(byte, byte)[][], bool> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte)[][]>(), holds).QuickCheckThrowOnFailure();

    private static string Text(Proposal proposal) =>
        $"{proposal.Wanted} {string.Join(' ', proposal.Expected.ToArray())} {string.Join(' ', proposal.Candidates.ToArray())} {proposal.Reason}";

    private static bool IsSound(Proposal proposal)
    {
        var expected = proposal.Expected.ToArray();
        return SoundPhase(proposal.Wanted)
            && expected.All(e => SoundPhase(e.Phase) && e.AfterSeconds > 0)
            && expected.Zip(expected.Skip(1)).All(pair => pair.First.AfterSeconds < pair.Second.AfterSeconds)
            && proposal.Candidates.ToArray().All(c => SoundPhase(c.Phase) && double.IsFinite(c.Worth))
            && proposal.Reason.ToString().Length > 0;
    }

    private static bool SoundPhase(PhaseId phase) => phase.Index >= 0 && phase.Index < FourArm.Model.Signals.Phases.Length;

    private static IEnumerable<T> Run<T>(string name, Sensing sensing, (byte, byte)[][] seconds, Func<Proposal, T> what)
    {
        var model = FourArm.Planned;
        var (estimator, strategy) = (new Estimator(model), Strategies.Create(name, model));
        var state = SignalDecider.Start(model.Signals, 99);
        foreach (var second in seconds)
        {
            var picture = estimator.Observe(Scenes.Frame(model, state, Readings(model, sensing, second)));
            var proposal = strategy.Propose(new(picture, state));
            yield return what(proposal);
            state = SignalDecider.Advance(model.Signals, state, proposal.Wanted).State;
        }
    }

    private static IEnumerable<TrafficPicture> Pictures(Sensing sensing, (byte, byte)[][] seconds)
    {
        var model = FourArm.Model;
        var estimator = new Estimator(model);
        var state = SignalDecider.Start(model.Signals, 99);
        foreach (var second in seconds)
        {
            yield return estimator.Observe(Scenes.Frame(model, state, Readings(model, sensing, second)));
            state = SignalDecider.Advance(model.Signals, state, new(1 + second.Length % 4)).State;
        }
    }

    /// <summary>Two bytes make a vehicle, and a reading.</summary>
    private static DetectorReadings Readings(IntersectionModel model, Sensing sensing, (byte A, byte B)[] drawn)
    {
        var loops = new LoopReading[model.Intersection.Detectors.Length];
        foreach (var (a, b) in drawn) loops[a % loops.Length] = new((byte)(b % 4), (ushort)(b * 1000 / 255));
        ImmutableArray<TrackedObject> objects =
        [
            .. drawn.DistinctBy(d => d.A).Select(d => new TrackedObject(
                    (ushort)(d.A % model.Intersection.ObservedLanes.Length), (ushort)(d.B * 7), (ushort)(d.A * d.B % 160), ObjectClass.Car, d.A))
                .OrderBy(o => o.Lane).ThenBy(o => o.DistanceDecimetres).ThenBy(o => o.Track),
        ];
        return new(sensing, sensing == Sensing.Full ? objects : [], [.. loops]);
    }
}
