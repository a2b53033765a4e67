using System.Collections.Immutable;
using System.Security.Cryptography;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Field;

/// <summary>The keys of controllers: a file with a line for each, its id as in the topics and 64 hexadecimal digits.</summary>
public static class ControllerKeys
{
    /// <summary>What both ends of the bus know of the controllers of a site.</summary>
    /// <exception cref="InputException">A line is broken, or an intersection has no key.</exception>
    public static ImmutableDictionary<IntersectionId, Credentials> Read(string file, Site site)
    {
        var keys = ReadAll(file);
        return site.Models.ToImmutableDictionary(
            model => model.Signals.Id,
            model => new Credentials(
                KeyOf(model.Signals.Id, keys, file),
                ConfigurationWriter.Checksum(ConfigurationWriter.Write(model.Signals, model.Intersection.Detectors))));
    }

    /// <summary>The key of one controller.</summary>
    /// <exception cref="InputException">A line is broken, or it has no key.</exception>
    public static byte[] Read(string file, IntersectionId intersection) => KeyOf(intersection, ReadAll(file), file);

    private static byte[] KeyOf(IntersectionId intersection, Dictionary<string, byte[]> keys, string file) => keys.GetValueOrDefault(EncodedId.Of(intersection.Value))
        ?? throw new InputException($"{file}: no key for '{intersection}'. Add a line, such as 'trafficai controllers SCENARIO --new-keys {file}' writes.");

    private static Dictionary<string, byte[]> ReadAll(string file)
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var name, var digits] || !TryReadKey(digits, out var key))
                throw new InputException($"{file}:{number}: a line is the id of a controller, a space, and {2 * Seal.KeyBytes} hexadecimal digits.");
            if (!keys.TryAdd(name, key)) throw new InputException($"{file}:{number}: '{name}' has a key already. Delete one of the two lines.");
        }

        return keys;
    }

    /// <summary>Makes a key for every intersection. Nobody but the owner may read the file.</summary>
    /// <exception cref="IOException">The file exists already.</exception>
    public static void Write(string file, Site site)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var to = new StreamWriter(file, options);
        foreach (var model in site.Models)
            to.WriteLine($"{EncodedId.Of(model.Signals.Id.Value)} {RandomNumberGenerator.GetHexString(2 * Seal.KeyBytes, lowercase: true)}");
    }

    private static bool TryReadKey(string digits, out byte[] key)
    {
        key = new byte[Seal.KeyBytes];
        return digits.Length == 2 * Seal.KeyBytes && Convert.FromHexString(digits, key, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
