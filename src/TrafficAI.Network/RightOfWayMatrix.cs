using System.Collections;
using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>Reads the right-of-way matrix of one junction.</summary>
internal static class RightOfWayMatrix
{
    private const string WriteAgain = "Write the network again with netconvert";

    public static ImmutableArray<RightOfWay> Read(JunctionRecord junction, FileErrors errors)
    {
        var size = junction.Requests.Count;
        if (size > 0 && junction.InternalLanes.Length > 0 && junction.InternalLanes.Length != size)
        {
            throw errors.At(junction.Line,
                $"junction {FileErrors.Quote(junction.Id)} has {junction.InternalLanes.Length} internal lanes, but {size} <request> rows",
                WriteAgain);
        }

        var rows = new RightOfWay?[size];
        foreach (var request in junction.Requests)
        {
            if (request.Index >= size || rows[request.Index] is not null)
            {
                throw errors.At(request.Line,
                    $"row {request.Index} of junction {FileErrors.Quote(junction.Id)} is doubled or beyond its {size} <request> rows",
                    "Number the rows from 0, each once");
            }

            rows[request.Index] = new(
                ReadBits(request.Response, size, request, junction, errors),
                ReadBits(request.Foes, size, request, junction, errors),
                request.WaitsInside);
        }

        return [.. rows.OfType<RightOfWay>()];
    }

    /// <summary>Bits that are written with the highest row first.</summary>
    private static BitArray ReadBits(string text, int size, RequestRecord request, JunctionRecord junction, FileErrors errors)
    {
        if (text.Length != size || text.AsSpan().ContainsAnyExcept('0', '1'))
        {
            throw errors.At(request.Line,
                $"row {request.Index} of junction {FileErrors.Quote(junction.Id)} is {FileErrors.Quote(text)}, not {size} digits 0 or 1", WriteAgain);
        }

        var bits = new BitArray(size);
        for (var row = 0; row < size; row++) bits[row] = text[size - 1 - row] == '1';
        return bits;
    }
}
