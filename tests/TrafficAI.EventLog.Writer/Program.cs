using TrafficAI.EventLog;
using TrafficAI.EventLog.Writer;

// Writes a log until it is killed, and says after each acknowledgement how many events must now be there. Arguments: path, durability,
// and for many appenders at once how many.
var durability = Enum.Parse<Durability>(args[1]);
await using var log = EventLogUri.Open(args[0], EventLogMode.Append, durability);
if (args.Length > 2) await Appenders.RunAsync(log, durability, int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));
var heads = new long[Script.Streams];
for (var s = 0; s < heads.Length; s++)
    heads[s] = await log.HeadAsync(Script.StreamName(s));

for (var step = heads.Sum() + heads.Length; ; step++)
{
    var s = (int)(step % heads.Length);
    heads[s] = await log.AppendAsync(Script.StreamName(s), heads[s], Script.EventAt(s, heads[s] + 1));
    if (durability == Durability.OnWrite && step % 50 != 0) continue;
    if (durability == Durability.OnWrite) await log.FlushAsync();
    Console.WriteLine(step + 1);
    await Task.Delay(1); // lets a reader catch up
}
