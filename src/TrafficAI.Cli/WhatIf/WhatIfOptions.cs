using System.CommandLine;

namespace TrafficAI.Cli.WhatIf;

/// <summary>The options of <c>replay --what-if</c>.</summary>
internal sealed class WhatIfOptions
{
    private readonly Option<string?> strategy = new("--what-if")
    {
        Description = "Reconstruct the demand from the recorded detectors and drive it on the built-in street, under the recorded strategy and under this one.",
    };

    private readonly Option<string?> from = new("--from") { Description = "With --what-if: the second (or HH:MM:SS) from which on the other strategy runs; figures count from there. Default: the begin of the log." };

    private readonly Option<string?> change = new("--change")
    {
        Description = "With --what-if: a JSON file that says what else is different for the other strategy: demand (a factor), closedLanes, programs (docs/what-if.md).",
    };

    private readonly Option<string> seeds = new("--seeds") { Description = "With --what-if: seeds to drive: 1-3, or 1,4,9-12.", DefaultValueFactory = _ => "1-3" };

    public Option<bool> Strict { get; } = new("--strict") { Description = "With --what-if: exit 1 where the recorded street is not found again well enough to be relied on." };

    public Option<string?> Json { get; } = new("--json") { Description = "With --what-if: where to write all figures as JSON (docs/json.md); - for standard output." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { strategy, from, change, seeds, Strict, Json }) command.Options.Add(option);
    }

    /// <summary>What is asked; null if nothing is.</summary>
    /// <exception cref="InputException">A value cannot be used.</exception>
    public WhatIfOrder? Read(ParseResult parsed, string log)
    {
        if (parsed.GetValue(strategy) is not { } name) return null;
        OutputFile.Check("--json", parsed.GetValue(Json));
        return new(
            log, ScenarioOptions.CheckedStrategy(name), StreetTime.Parse("--from", parsed.GetValue(from)), SeedList.Parse(parsed.GetValue(seeds)!),
            StreetChange.Read(parsed.GetValue(change)));
    }
}
