using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Cli.Coordination;

/// <summary>Drives offsets in the simulator, measures arrivals, and improves the offsets on them link by link.</summary>
/// <param name="settings">A run with the scenario's own programmes, strategy <c>fixed</c>, full sensing.</param>
public sealed class Refiner(CorridorModel corridor, RoadNetwork network, SimulationSettings settings, ImmutableArray<int> seeds, int jobs)
{
    private const int MostRounds = 3;

    public async Task<Refinement> RunAsync(ImmutableArray<int> widest, CancellationToken stop)
    {
        var asItWas = new Trial("as it was", null, (await DriveAsync("as it was", null, stop)).DelaysS, null);
        var trials = ImmutableArray.CreateBuilder<Trial>();
        var offsets = widest;
        for (var round = 0; round <= MostRounds && !trials.Any(t => t.Offsets!.Value.SequenceEqual(offsets)); round++)
        {
            var name = round == 0 ? "widest bands" : string.Create(CultureInfo.InvariantCulture, $"refined, round {round}");
            var (delays, arrivals) = await DriveAsync(name, offsets, stop);
            var (onGreen, all) = LinkPivot.ArrivalsOnGreen(corridor.Problem, offsets, arrivals);
            trials.Add(new(name, offsets, delays, all == 0 ? null : (double)onGreen / all));
            offsets = LinkPivot.Improve(corridor.Problem, offsets, arrivals);
        }

        return new(seeds, asItWas, trials.ToImmutable());
    }

    private async Task<(ImmutableArray<double> DelaysS, CorridorArrivals Arrivals)> DriveAsync(string name, ImmutableArray<int>? offsets, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-");
        try
        {
            var programs = offsets is null ? null : Path.Combine(folder.FullName, "offsets.add.xml");
            if (programs is not null) await File.WriteAllTextAsync(programs, ProgramFile.Of(corridor, offsets!.Value), stop);
            var delays = new double[seeds.Length];
            var profiles = new CorridorArrivals[seeds.Length];
            await Parallel.ForAsync(0, seeds.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop }, async (i, token) =>
            {
                var run = await Simulator.RunAsync(
                    settings with { Seed = seeds[i], Programs = programs }, null, token, async log => profiles[i] = await ArrivalReader.ReadAsync(log, network, corridor, token));
                delays[i] = run.Summary.DelayS;
                if (i == 0 && programs is null && run.Summary.Note is { } note) await Console.Error.WriteLineAsync($"trafficai: note: {note}");
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name}, seed {seeds[i]}: {delays[i]:0.00} s"));
            });
            return ([.. delays], Sum(profiles));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CorridorArrivals Sum(CorridorArrivals[] arrivals) =>
        arrivals.Aggregate((a, b) => new([.. a.Outbound.Zip(b.Outbound, Sum)], [.. a.Inbound.Zip(b.Inbound, Sum)]));

    private static StopLineArrivals Sum(StopLineArrivals a, StopLineArrivals b) =>
        new([.. a.PerSecond.Zip(b.PerSecond, (x, y) => x + y)], a.DischargePerSecond + b.DischargePerSecond);
}
