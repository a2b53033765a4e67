using System.Globalization;
using Spectre.Console;

namespace TrafficAI.Cli.Demo;

/// <summary>Shows the figures of all streets at the same instants: a table that changes on a terminal, a line each without one.</summary>
internal sealed class DemoBoard(string[] strategies, long begin, long end)
{
    private const int LinesWithoutTerminal = 10;
    private readonly Lock gate = new();
    private readonly Dictionary<long, DemoFigures?[]> told = [];
    private readonly long interval = Math.Max(10, (end - begin) / (Console.IsOutputRedirected ? LinesWithoutTerminal : 100));
    private LiveDisplayContext? live;

    /// <summary>Whether the figures of this second are shown.</summary>
    public bool Wants(long second) => (second - begin) % interval == 0 && second > begin;

    /// <summary>The figures of one street; shown as soon as those of the others at that second are there.</summary>
    public void Tell(int street, DemoFigures figures)
    {
        lock (gate)
        {
            if (!told.TryGetValue(figures.Second, out var row)) told.Add(figures.Second, row = new DemoFigures?[strategies.Length]);
            row[street] = figures;
            if (!row.All(one => one is not null) || !told.Remove(figures.Second)) return;
            Show(figures.Second, [.. row.Select(one => one!.Value)]);
        }
    }

    /// <summary>Does the work with the board in sight.</summary>
    public async Task<T> ShowAsync<T>(Func<Task<T>> work)
    {
        if (Console.IsOutputRedirected) return await work();
        return await AnsiConsole.Live(Table(begin, [])).StartAsync(context =>
        {
            live = context;
            return work();
        });
    }

    private void Show(long second, DemoFigures[] row)
    {
        if (live is null) Console.Out.WriteLine($"{StreetTime.Format(second)}  {string.Join("   ", strategies.Zip(row, Line))}");
        else live.UpdateTarget(Table(second, row));
    }

    private static string Line(string strategy, DemoFigures figures) => string.Create(CultureInfo.InvariantCulture,
        $"{strategy}: {figures.Running,4} in the street, {figures.Waiting,3} wait to enter, {figures.Arrived,4} arrived, mean delay {figures.DelaySeconds,5:0.0} s");

    private Table Table(long second, DemoFigures[] row)
    {
        var table = new Table().Border(TableBorder.Simple).Title(StreetTime.Format(second));
        table.AddColumn("");
        foreach (var column in new[] { "in the street", "wait to enter", "arrived", "mean delay, s" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var (strategy, figures) in strategies.Zip(row))
            table.AddRow(strategy, Text(figures.Running), Text(figures.Waiting), Text(figures.Arrived), figures.DelaySeconds.ToString("0.0", CultureInfo.InvariantCulture));
        return table;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
