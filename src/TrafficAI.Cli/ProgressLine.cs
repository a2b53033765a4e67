using System.Globalization;
using TrafficAI.Signals.Street;

namespace TrafficAI.Cli;

/// <summary>Progress on the error stream: one line that is rewritten on a terminal, a line every tenth without one.</summary>
public sealed class ProgressLine(string what)
{
    private readonly bool terminal = !Console.IsErrorRedirected;
    private int shown = -1;

    public void Show(IEngine engine, long begin, long end)
    {
        var percent = (int)((engine.Second - begin) * 100 / Math.Max(1, end - begin));
        var step = terminal ? percent : percent / 10 * 10;
        if (step == shown) return;
        shown = step;
        var (running, waiting) = engine.Vehicles;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {percent,3} %  {StreetTime.Format(engine.Second)}  {running} vehicles in the street, {waiting} wait to enter");
        if (terminal) Console.Error.Write($"\r{line}\u001b[K{(percent >= 100 ? "\n" : "")}");
        else Console.Error.WriteLine(line);
    }
}
