using TrafficAI.Cli;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Fuzz;

/// <summary>The file of a log: checked, opened and replayed.</summary>
internal sealed class LogTarget : IFuzzTarget
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("trafficai-fuzz-").FullName;

    private readonly byte[] good = RecordAsync().GetAwaiter().GetResult();

    public byte[] Make(Random chance) => chance.Next(4) == 0 ? Mutation.Length(good, chance) : Mutation.Bytes(good, chance);

    public bool Read(byte[] input)
    {
        var path = Path.Combine(Folder, "damaged.db");
        foreach (var file in Directory.EnumerateFiles(Folder, "damaged.db*")) File.Delete(file);
        File.WriteAllBytes(path, input);
        return ReadAsync(path).GetAwaiter().GetResult();
    }

    public bool IsRefusal(Exception e) => e is EventLogException or RecordException or NetworkException or SignalsException;

    private static async Task<bool> ReadAsync(string path)
    {
        var sound = await LogCheck.RunAsync(path, TextWriter.Null, CancellationToken.None) == CommandLine.Done;
        await using var log = EventLogUri.Open(path, EventLogMode.OpenExisting);
        await (await Replay.OpenAsync(log, CancellationToken.None)).VerifyAsync(null, CancellationToken.None);
        return sound;
    }

    private static async Task<byte[]> RecordAsync()
    {
        var path = Path.Combine(Folder, "good.db");
        await using (var log = EventLogUri.Open(path, EventLogMode.Create))
        {
            await new SiteRecord(Good.Header, Good.FourArm, Good.Signals).WriteAsync(log, CancellationToken.None);
            var inputs = new LogStream(log, StreamNames.Inputs(Good.FourArmSite.Signals[0].Id));
            for (var second = 0; second < 20; second++)
                await inputs.AppendAsync([InputCodec.Encode(new IntersectionInput.FrameMissed(second))], CancellationToken.None);
            await RunEnded.WriteAsync(log, 20, [inputs.End], CancellationToken.None);
        }

        return await File.ReadAllBytesAsync(path);
    }
}
