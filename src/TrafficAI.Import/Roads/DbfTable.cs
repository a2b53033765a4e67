using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TrafficAI.Import.Roads;

/// <summary>The rows of a dBASE III table, as shapefiles have it, in UTF-8.</summary>
internal sealed class DbfTable
{
    private const int HeaderBytes = 32;
    private const int FieldBytes = 32;
    private const byte EndOfFields = 0x0D;
    private readonly ReadOnlyMemory<byte> content;
    private readonly Dictionary<string, (int Start, int Length)> fields;
    private readonly int firstRow;
    private readonly int rowBytes;

    private DbfTable(ReadOnlyMemory<byte> content, Dictionary<string, (int Start, int Length)> fields, int count, int firstRow, int rowBytes) =>
        (this.content, this.fields, Count, this.firstRow, this.rowBytes) = (content, fields, count, firstRow, rowBytes);

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <exception cref="ImportException">It is no such table, or ends before its last row.</exception>
    public static DbfTable Read(ReadOnlyMemory<byte> content, string name)
    {
        var bytes = content.Span;
        if (bytes.Length < HeaderBytes) throw new ImportException($"{name}: it is too short for a table. Export the file again.");
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        int first = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]), row = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        if (count < 0 || row == 0 || first + (long)count * row > bytes.Length)
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"{name}: it ends before its {count} rows. Export the file again."));
        return new(content, Fields(bytes, first, row, name), count, first, row);
    }

    private static Dictionary<string, (int Start, int Length)> Fields(ReadOnlySpan<byte> bytes, int end, int row, string name)
    {
        var fields = new Dictionary<string, (int Start, int Length)>(StringComparer.Ordinal);
        var start = 1; // the first byte of a row says whether it is deleted
        for (var at = HeaderBytes; at + FieldBytes <= Math.Min(end, bytes.Length) && bytes[at] != EndOfFields; at += FieldBytes)
        {
            var word = bytes.Slice(at, 11);
            var length = bytes[at + 16];
            fields[Encoding.ASCII.GetString(word[..(word.IndexOf((byte)0) is >= 0 and var zero ? zero : 11)])] = (start, length);
            start += length;
        }

        return start <= row ? fields : throw new ImportException($"{name}: its columns are wider than its rows. Export the file again.");
    }

    /// <summary>A value without the blanks around it; null where the table has no such column, or nothing stands there.</summary>
    public string? Text(int row, string field)
    {
        if (!fields.TryGetValue(field, out var column)) return null;
        var text = Encoding.UTF8.GetString(content.Span.Slice(firstRow + row * rowBytes + column.Start, column.Length)).Trim(' ', '\0');
        return text.Length == 0 ? null : text;
    }
}
