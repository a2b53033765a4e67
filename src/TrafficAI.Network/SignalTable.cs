using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>One light: its programme in force, and its connections per signal link.</summary>
/// <param name="Junctions">Indices of the junctions under the light, rising.</param>
/// <param name="Links">Per letter of the programme the indices of its connections.</param>
internal sealed record SignalRecord(
    IntersectionId Id, SignalProgram Program, ImmutableArray<int> Junctions, ImmutableArray<ImmutableArray<int>> Links);

/// <summary>The lights that are in use, in ordinal order of their ids. Lights of railways are left out.</summary>
internal sealed class SignalTable
{
    private readonly Dictionary<string, int> indexById = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Junction> junctions;

    private SignalTable(ImmutableArray<Junction> junctions) => this.junctions = junctions;

    public List<SignalRecord> Signals { get; } = [];

    public static SignalTable Assemble(NetworkRecords records, Way[] ways, ImmutableArray<Junction> junctions, FileErrors errors)
    {
        var table = new SignalTable(junctions);
        var programs = ProgramsInForce(records, errors);
        var lights = ways.Where(way => table.IdOf(way) is not null).GroupBy(way => way.Record.Signal!);
        foreach (var light in lights.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (!programs.TryGetValue(light.Key, out var program))
            {
                throw errors.At(light.First().Record.Line, $"light {FileErrors.Quote(light.Key)} has no programme (<tlLogic>) in the file",
                    "Write the network again with netconvert, or remove the light");
            }

            if (IsRailway(program.Kind)) continue;
            table.indexById.Add(light.Key, table.Signals.Count);
            table.Signals.Add(Collect(program, [.. light], errors));
        }

        return table;
    }

    /// <summary>Index of the intersection that signals the way; −1 without a light.</summary>
    public int IndexOf(Way way) => IdOf(way) is { } id && indexById.TryGetValue(id, out var index) ? index : -1;

    private string? IdOf(Way way) => IsRailway(junctions[way.Junction].Type) ? null : way.Record.Signal;

    private static bool IsRailway(string kind) => kind is "rail_signal" or "rail_crossing";

    /// <summary>The programme that SUMO runs for each light: the one that it loads last.</summary>
    private static Dictionary<string, ProgramRecord> ProgramsInForce(NetworkRecords records, FileErrors errors)
    {
        var inForce = new Dictionary<string, ProgramRecord>(StringComparer.Ordinal);
        var seen = new HashSet<(string, string)>();
        foreach (var program in records.Programs)
        {
            if (!seen.Add((program.Id, program.ProgramId)))
            {
                throw errors.At(program.Line, $"light {FileErrors.Quote(program.Id)} has a second programme {FileErrors.Quote(program.ProgramId)}",
                    "Rename or remove one of them");
            }

            if (program.States.Count == 0 && !IsRailway(program.Kind))
            {
                throw errors.At(program.Line,
                    $"programme {FileErrors.Quote(program.ProgramId)} of light {FileErrors.Quote(program.Id)} has no states (<phase>)",
                    "Give it at least one, or remove it");
            }

            inForce[program.Id] = program;
        }

        return inForce;
    }

    private static SignalRecord Collect(ProgramRecord program, Way[] ways, FileErrors errors)
    {
        var letters = program.States[0].Letters.Length;
        var links = new List<int>[letters];
        for (var link = 0; link < letters; link++) links[link] = [];
        foreach (var way in ways)
        {
            if (way.Record.SignalLink < 0)
            {
                throw errors.At(way.Record.Line, $"a connection of light {FileErrors.Quote(program.Id)} has the signal link {way.Record.SignalLink}",
                    "Number the links from 0, or remove \"tl\" of a connection without a light");
            }

            if (way.Record.SignalLink >= letters)
            {
                throw errors.At(program.Line,
                    $"programme {FileErrors.Quote(program.ProgramId)} of light {FileErrors.Quote(program.Id)} has {letters} letters per state, "
                    + $"but line {way.Record.Line} uses signal link {way.Record.SignalLink}",
                    $"Give every state a letter for each link from 0 to {ways.Max(one => one.Record.SignalLink)}");
            }

            links[way.Record.SignalLink].Add(way.Index);
        }

        return new(
            new(program.Id),
            new(program.ProgramId, program.Kind, program.OffsetMilliseconds, [.. program.States]),
            [.. ways.Select(way => way.Junction).Distinct().Order()],
            [.. links.Select(link => link.ToImmutableArray())]);
    }
}
