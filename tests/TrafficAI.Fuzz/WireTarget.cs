using System.Collections.Immutable;
using Google.Protobuf;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Fuzz;

/// <summary>Messages of the field contract of every kind, orders with their envelopes: read, turned into our words, and believed. The first byte of
/// an input names the kind, the second whether an envelope was signed.</summary>
internal sealed class WireTarget : IFuzzTarget
{
    private static readonly byte[] Key = new byte[Seal.KeyBytes];
    private static readonly MessageKind[] Kinds = Enum.GetValues<MessageKind>();
    private static readonly ImmutableArray<(MessageKind Kind, byte[] Body)> Vectors = ReadVectors();

    public byte[] Make(Random chance)
    {
        var (kind, good) = Vectors[chance.Next(Vectors.Length)];
        var body = chance.Next(12) switch
        {
            0 => Mutation.Noise(200, chance),
            1 => Mutation.Length(good, chance),
            2 => good,
            _ => Mutation.Bytes(good, chance),
        };
        var signed = chance.Next(2) == 0;
        if (kind.IsOrder() && signed) body = Seal.Close(Key, TopicOf(kind), body);
        if (kind.IsOrder() && chance.Next(4) == 0) body = Mutation.Bytes(body, chance);
        return [(byte)kind, (byte)(signed ? 1 : 0), .. body];
    }

    public bool Read(byte[] input)
    {
        if (input.Length < 2) return false;
        var kind = Kinds[input[0] % Kinds.Length];
        var payload = input[2..];
        if (kind.IsOrder())
        {
            if (Seal.Open(Key, TopicOf(kind), payload, out var forged) is { } body) payload = body.ToByteArray();
            else if (input[1] == 1 || forged!.Text.Contains('\n', StringComparison.Ordinal)) return OneLine(forged!);
        }

        if (!WireReader.TryRead(kind, payload, out var message, out var refusal)) return OneLine(refusal!);
        Use(message);
        return true;
    }

    public bool IsRefusal(Exception e) => false;

    private static bool OneLine(Refusal refusal) => refusal.Text.AsSpan().ContainsAny('\n', '\r')
        ? throw new InvalidOperationException($"refused in more than one line: {refusal.Text}")
        : false;

    private static void Use(IMessage message)
    {
        var id = new IntersectionId("abay-dostyk");
        if (message is FieldBus.Wire.Frame frame && new StreetCount().TryTake(frame, out var second, out _))
            FrameWriter.Write(FrameReader.Read(id, frame, second), frame.Boot);
        if (message is FieldBus.Wire.Plan plan)
            PlanWriter.Write(PlanReader.Read(id, plan, (long)plan.BaseSequence), plan.Head.Boot, plan.BaseSequence, plan.Head.Configuration);
        if (message is FieldBus.Wire.Plan or FieldBus.Wire.ModeRequest) Obey(message);
    }

    private static void Obey(IMessage order)
    {
        var signals = Good.FourArmSite.Signals[0];
        var head = order is FieldBus.Wire.Plan p ? p.Head : ((FieldBus.Wire.ModeRequest)order).Head;
        var second = order is FieldBus.Wire.Plan { BaseSequence: < 1UL << 36 } based ? (long)based.BaseSequence : 0;
        var gate = new OrderGate(new VirtualController(signals, second), head.Boot, head.Configuration, new EpochInMemory());
        if (order is FieldBus.Wire.Plan plan) gate.Take(plan);
        else gate.Take((FieldBus.Wire.ModeRequest)order);
        for (var i = 0; i < 5; i++) gate.Controller.Step();
    }

    private static Topic TopicOf(MessageKind kind) => new("almaty", new("abay-dostyk"), kind);

    private static ImmutableArray<(MessageKind, byte[])> ReadVectors()
    {
        var vectors = ImmutableArray.CreateBuilder<(MessageKind, byte[])>();
        foreach (var line in Good.Text(Good.Resource("index.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is not [var name, var end, "ACCEPTED"] || !MessageKinds.TryRead(end.Split('/')[0], end.Split('/')[1], out var kind)) continue;
            var payload = Convert.FromHexString(Good.Text(Good.Resource($"{name}.hex")).ReplaceLineEndings(""));
            vectors.Add((kind, kind.IsOrder() ? FieldBus.Wire.Envelope.Parser.ParseFrom(payload).Body.ToByteArray() : payload));
        }

        return vectors.Select(v => v.Item1).Distinct().Count() == Kinds.Length
            ? vectors.ToImmutable()
            : throw new InvalidOperationException("no good vector of some kind");
    }
}
