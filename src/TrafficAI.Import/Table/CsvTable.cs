using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TrafficAI.Import.Table;

/// <summary>A table of comma-separated values in UTF-8 with a line of column names (RFC 4180).</summary>
internal sealed class CsvTable
{
    private readonly ImmutableArray<string> columns;
    private readonly string name;

    private CsvTable(string name, ImmutableArray<string> columns, ImmutableArray<CsvRow> rows) => (this.name, this.columns, Rows) = (name, columns, rows);

    public ImmutableArray<CsvRow> Rows { get; }

    /// <exception cref="ImportException">It is not UTF-8, or a row has another number of fields than there are columns.</exception>
    public static CsvTable Read(ReadOnlySpan<byte> content, string name)
    {
        var lines = Split(Decode(content, name), name);
        if (lines.Count == 0) throw new ImportException($"{name}: it is empty. Give a table with a line of column names.");
        ImmutableArray<string> columns = [.. lines[0].Fields];
        var rows = ImmutableArray.CreateBuilder<CsvRow>();
        var table = new CsvTable(name, columns, []);
        foreach (var (line, fields) in lines.Skip(1))
            rows.Add(fields.Count == columns.Length
                ? new(table, line, [.. fields])
                : throw table.Error(line, $"it has {fields.Count} fields, and there are {columns.Length} columns", "Quote fields that hold a comma"));
        return new(name, columns, rows.ToImmutable());
    }

    /// <returns>−1 where there is no such column.</returns>
    public int IndexOf(string column) => columns.IndexOf(column);

    public ImportException Error(int line, string what, string next) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: line {line}: {what}. {next}."));

    private static string Decode(ReadOnlySpan<byte> content, string name)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new ImportException($"{name}: it is not UTF-8. Save it as UTF-8.");
        }
    }

    /// <summary>The lines that are not empty, each with the number of the line on which it begins.</summary>
    private static List<(int Line, List<string> Fields)> Split(string text, string name)
    {
        var lines = new List<(int, List<string>)>();
        var (fields, field, line, begin, inQuotes) = (new List<string>(), new StringBuilder(), 1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (inQuotes && c == '"' && i + 1 < text.Length && text[i + 1] == '"') { field.Append('"'); i++; }
            else if (c == '"') inQuotes = !inQuotes;
            else if (inQuotes || c is not (',' or '\n' or '\r')) field.Append(c);
            else if (c == ',') EndField();
            else if (c == '\n') EndLine();
        }

        if (inQuotes) throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"{name}: line {begin}: a quote is never closed. Close it."));
        EndLine();
        return lines;

        void EndField()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }

        void EndLine()
        {
            EndField();
            if (fields.Count > 1 || fields[0].Length > 0) lines.Add((begin, fields));
            (fields, begin) = ([], line);
        }
    }
}

/// <summary>A row of a table.</summary>
internal sealed record CsvRow(CsvTable Table, int Line, ImmutableArray<string> Fields)
{
    /// <returns>Empty where there is no such column.</returns>
    public string Text(string column) => Table.IndexOf(column) is >= 0 and var index ? Fields[index] : "";

    /// <exception cref="ImportException">There is no such column, or nothing in it.</exception>
    public string Needed(string column) =>
        Text(column) is { Length: > 0 } text ? text : throw Table.Error(Line, $"it has no '{column}'", "Fill the column in");

    /// <exception cref="ImportException">It is no number in the range.</exception>
    public double Number(string column, double least, double most) =>
        double.TryParse(Needed(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Table.Error(Line, $"'{column}' is no number", string.Create(CultureInfo.InvariantCulture, $"Give {least} to {most}"));
}
