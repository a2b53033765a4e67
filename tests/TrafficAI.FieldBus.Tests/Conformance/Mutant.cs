using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests.Conformance;

/// <summary>How a controller is broken. As it is, it breaks nothing.</summary>
internal sealed class Mutant
{
    public static Mutant None { get; } = new();

    /// <summary>What it makes of a message on its way out.</summary>
    public Func<Double, Said, IEnumerable<Said>> Says { get; init; } = (_, said) => [said];

    /// <summary>The signals that it really runs by.</summary>
    public Func<IntersectionSignals, IntersectionSignals> Inside { get; init; } = signals => signals;

    /// <summary>Deals with an order in its own way, if it answers true.</summary>
    public Func<Double, MessageKind, byte[], bool, bool> Takes { get; init; } = (_, _, _, _) => false;

    /// <summary>How long a second takes it.</summary>
    public Func<Double, TimeSpan, TimeSpan> Beat { get; init; } = (_, beat) => beat;

    public Func<Double, bool> Reconnects { get; init; } = _ => true;

    public bool KeepsBoot { get; init; }

    public bool ForgetsEpoch { get; init; }

    /// <summary>It does not look whether an order was retained.</summary>
    public bool HeedsRetained { get; init; }

    public int BacklogFrames { get; init; } = 900;
}
