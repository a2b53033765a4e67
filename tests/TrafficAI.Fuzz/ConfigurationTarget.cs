using System.Collections.Immutable;
using Google.Protobuf;
using TrafficAI.FieldBus;
using TrafficAI.Signals;
using Wire = TrafficAI.FieldBus.Wire;

namespace TrafficAI.Fuzz;

/// <summary>Configurations of controllers, damaged byte by byte, and word by word so that they keep the grammar longer: read, believed as the conformance kit
/// believes them, and run by a controller for a while.</summary>
internal sealed class ConfigurationTarget : IFuzzTarget
{
    private const int Seconds = 40;
    private static readonly uint[] OddNumbers = [0, 1, 2, 3, 7, 30, 64, 599, 600, 601, 3600, 65_536, int.MaxValue, uint.MaxValue];

    private static readonly ImmutableArray<Wire.Configuration> Goods = ReadGoods();

    public byte[] Make(Random chance)
    {
        var good = Goods[chance.Next(Goods.Length)];
        if (chance.Next(3) == 0) return Mutation.Bytes(good.ToByteArray(), chance);
        var changed = good.Clone();
        for (var edits = chance.Next(1, 5); edits > 0; edits--) Change(changed, chance);
        var bytes = changed.ToByteArray();
        return chance.Next(6) == 0 ? Mutation.Bytes(bytes, chance) : bytes;
    }

    public bool Read(byte[] input)
    {
        if (!WireReader.TryRead(MessageKind.Configuration, input, out var message, out var refusal))
        {
            return refusal!.Text.AsSpan().ContainsAny('\n', '\r') ? throw new InvalidOperationException($"refused in more than one line: {refusal.Text}") : false;
        }

        Use((Wire.Configuration)message);
        return true;
    }

    public bool IsRefusal(Exception e) => false;

    /// <summary>A second of what is run takes memory too, which no message sets.</summary>
    public long MostBytes(int length) => (4 << 20) + 128L * length;

    private static void Use(Wire.Configuration configuration)
    {
        var signals = ConfigurationReader.Read(configuration);
        var controller = new VirtualController(signals, 1000);
        for (var second = 0; second < Seconds; second++) controller.Step();
    }

    private static void Change(Wire.Configuration at, Random chance)
    {
        switch (chance.Next(9))
        {
            case 0: at.Groups[chance.Next(at.Groups.Count)].MinimumGreen = Odd(chance); break;
            case 1: at.Groups[chance.Next(at.Groups.Count)].RedAfter = Odd(chance); break;
            case 2: at.Intergreens[chance.Next(at.Intergreens.Count)] = Odd(chance); break;
            case 3: at.Conflicts[chance.Next(at.Conflicts.Count)] = (Wire.Conflict)chance.Next(5); break;
            case 4: at.Phases[chance.Next(at.Phases.Count)].MinimumSeconds = Odd(chance); break;
            case 5: (at.MaximumRed, at.DecisionInterval) = (Odd(chance), 1 + Odd(chance) % 600); break;
            case 6: at.LocalPlan.Steps[^1].Start = Odd(chance); break;
            case 7: Fill(at, chance); break;
            default: Lengthen(SomeSequence(at, chance), chance); break;
        }
    }

    /// <summary>As many steps as there may be or one more, in some or in all passages.</summary>
    private static void Fill(Wire.Configuration at, Random chance)
    {
        var (seconds, steps, every) = (Odd(chance), WireLimits.SequenceSteps + chance.Next(2), chance.Next(1, 4));
        for (var i = 0; i < at.Passages.Count; i += every)
        {
            while (at.Passages[i].Steps.Count < steps) at.Passages[i].Steps.Add(new Wire.LampStep { Seconds = seconds, Lamps = { at.Dark } });
        }
    }

    private static void Lengthen(Wire.LampSequence sequence, Random chance)
    {
        if (sequence.Steps.Count == 0) return;
        var step = sequence.Steps[chance.Next(sequence.Steps.Count)];
        if (chance.Next(2) == 0) step.Seconds = Odd(chance);
        else step.Lamps[chance.Next(step.Lamps.Count)] = (Wire.Lamp)chance.Next(9);
    }

    private static Wire.LampSequence SomeSequence(Wire.Configuration at, Random chance) => chance.Next(3) switch
    {
        0 => at.Start,
        1 => at.Phases[chance.Next(at.Phases.Count)].Closing,
        _ => at.Passages[chance.Next(at.Passages.Count)],
    };

    private static uint Odd(Random chance) => OddNumbers[chance.Next(OddNumbers.Length)];

    private static ImmutableArray<Wire.Configuration> ReadGoods()
    {
        var site = Good.FourArmSite;
        var written = site.Models.Select(model => ConfigurationWriter.Write(model.Signals, model.Intersection.Detectors));
        string[] vectors = ["configuration", "configuration-more"];
        return [.. written, .. vectors.Select(name => Wire.Configuration.Parser.ParseFrom(Convert.FromHexString(Good.Text(Good.Resource($"{name}.hex")).ReplaceLineEndings(""))))];
    }
}
