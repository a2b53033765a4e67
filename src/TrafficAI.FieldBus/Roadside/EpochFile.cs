using System.Globalization;
using System.Text;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;

namespace TrafficAI.FieldBus;

/// <summary>The highest epochs of the controllers of one process, in a file: a line for each, its id as in the topics and a number. It is written
/// whole, and on the disk before it counts.</summary>
public sealed class EpochFile
{
    private readonly Lock gate = new();
    private readonly string file;
    private readonly SortedDictionary<string, ulong> epochs = new(StringComparer.Ordinal);

    /// <param name="file">Need not exist yet.</param>
    /// <exception cref="FieldBusException">A line is broken.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public EpochFile(string file)
    {
        this.file = file;
        if (!File.Exists(file)) return;
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Split(' ') is not [var id, var digits] || !ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
                throw new FieldBusException($"{file}:{number}: a line is the id of a controller, a space and its highest epoch. Delete the file to begin anew.");
            epochs[id] = epoch;
        }
    }

    /// <summary>The place of one controller in it.</summary>
    public IEpochStore Of(IntersectionId intersection) => new Place(this, EncodedId.Of(intersection.Value));

    private bool TryKeep(string id, ulong epoch)
    {
        lock (gate)
        {
            var before = epochs.GetValueOrDefault(id);
            epochs[id] = epoch;
            try
            {
                Write();
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                epochs[id] = before;
                return false;
            }
        }
    }

    private void Write()
    {
        var text = string.Concat(epochs.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Key} {e.Value}\n")));
        using (var to = new FileStream($"{file}.new", FileMode.Create))
        {
            to.Write(Encoding.UTF8.GetBytes(text));
            to.Flush(flushToDisk: true);
        }

        File.Move($"{file}.new", file, overwrite: true);
    }

    private sealed class Place(EpochFile whole, string id) : IEpochStore
    {
        public ulong Highest
        {
            get
            {
                lock (whole.gate) return whole.epochs.GetValueOrDefault(id);
            }
        }

        public bool TryKeep(ulong epoch) => whole.TryKeep(id, epoch);
    }
}
