using System.Globalization;
using TrafficAI.Fuzz;

Func<IFuzzTarget>? make = args.FirstOrDefault() switch
{
    "network" => () => new NetworkTarget(),
    "signals" => () => new SignalsTarget(),
    "codec" => () => new CodecTarget(),
    "traci" => () => new TraciTarget(),
    "log" => () => new LogTarget(),
    "wire" => () => new WireTarget(),
    "configuration" => () => new ConfigurationTarget(),
    "demand" => () => new DemandTarget(),
    "import" => () => new ImportTarget(),
    _ => null,
};
if (make is null || args.Length % 2 == 0)
{
    Console.Error.WriteLine("fuzz: name a target: network, signals, codec, traci, log, wire, configuration, demand or import; then --seconds N, --seed N, or --input FILE to read one kept input again.");
    return 2;
}

var options = args.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
var seed = int.Parse(options.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture);
var loop = new FuzzLoop(args[0], make(), seed);
if (options.GetValueOrDefault("--input") is { } file)
{
    Console.WriteLine($"{file}: {loop.One(File.ReadAllBytes(file)).TotalMilliseconds:0} ms");
    return 0;
}

return loop.Run(TimeSpan.FromSeconds(double.Parse(options.GetValueOrDefault("--seconds", "60"), CultureInfo.InvariantCulture))) == 0 ? 0 : 1;
