using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Metering;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli;

/// <summary>Everything that one run is made from.</summary>
public sealed record SimulationSettings
{
    /// <summary>A folder with one .sumocfg, or a .sumocfg.</summary>
    public required string Scenario { get; init; }

    /// <summary>One of <see cref="SimulatedStreet.Names"/>.</summary>
    public string Engine { get; init; } = SimulatedStreet.Default;

    public required string Strategy { get; init; }

    public required ControlClass Class { get; init; }

    public required Sensing Sensing { get; init; }

    /// <summary>0 to 10.</summary>
    public required int LatencySeconds { get; init; }

    public required int Seed { get; init; }

    /// <summary>Factor on the demand, 0.1 to 5.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What a bus counts, in cars; 1 to 100.</summary>
    public double BusWeight { get; init; } = 1;

    /// <summary>What the buses that are seen say when they ask for priority; null when they do not.</summary>
    public BusLoad? BusPriority { get; init; }

    /// <summary>Parts of <c>adaptive</c> that are left out.</summary>
    public AdaptiveParts Without { get; init; }

    /// <summary>How those who enter an oversaturated region are metered; null for not at all.</summary>
    public MeteringOptions? Metering { get; init; }

    /// <summary>What goes wrong on the street, as <c>--fault</c> says it; empty for nothing.</summary>
    public string Faults { get; init; } = "";

    /// <summary>First street second; null for the scenario's.</summary>
    public long? Begin { get; init; }

    /// <summary>The street second after the last; null for the scenario's.</summary>
    public long? End { get; init; }

    /// <summary>An additional file with signal programmes instead of the scenario's; null for none.</summary>
    public string? Programs { get; init; }

    /// <summary>The bytes of a file of computed plans; null for none.</summary>
    public ReadOnlyMemory<byte>? PlansBytes { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>Runs the actors.</summary>
    public MailboxHost Host { get; init; } = ChannelMailboxes.Run;

    /// <summary>Reads from the log what the longest corridor showed.</summary>
    public bool KeepsCorridor { get; init; }

    /// <summary>Reads from the log what <c>kpi</c> measures.</summary>
    public bool KeepsMeasures { get; init; }

    /// <summary>Where to record; null for memory only.</summary>
    public string? Log { get; init; }

    /// <summary>Where its metrics go; null for nowhere.</summary>
    public MetricsTarget? Metrics { get; init; }

    /// <summary>Where the engine writes its trip file; null for a temporary one.</summary>
    public string? TripInfo { get; init; }

    /// <summary>The computed plans; null for none.</summary>
    /// <exception cref="SignalsException">The file cannot be used.</exception>
    public PlansFile? ReadPlans() => PlansBytes is { } bytes ? PlansFile.Read(bytes, PlansFile.FileName) : null;
}
