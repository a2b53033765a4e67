using System.Globalization;
using System.Text;
using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Cli.Kpi;

/// <summary>Purdue's coordination diagrams as a table: a line for each cycle of a lane, from red to red, and one for each arrival in it. Times are street seconds.</summary>
public static class DiagramCsv
{
    public const string Header = "intersection,lane,kind,red,green,yellow,end,arrival,cycle_second,light";

    /// <param name="from">First street second.</param>
    /// <param name="to">The street second after the last.</param>
    public static string Of(LogMeasures measures, long from, long to)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var layout in measures.Meters.Select(meter => meter.Layout))
        {
            foreach (var lane in layout.Lanes)
            {
                var diagram = measures.Diagram(layout.Id, lane.Index, from, to);
                var name = $"{MeasuresCsv.Field(layout.Id.Value)},{MeasuresCsv.Field(lane.Id)}";
                foreach (var cycle in diagram.Cycles) text.Append(CultureInfo.InvariantCulture, $"{name},cycle,{cycle.Red},{cycle.Green},{cycle.Yellow},{cycle.End},,,").Append('\n');
                foreach (var point in diagram.Points)
                    text.Append(CultureInfo.InvariantCulture, $"{name},arrival,,,,,{point.Milliseconds / 1000.0:0.000},{point.CycleMilliseconds / 1000.0:0.000},{point.Light.ToString().ToLowerInvariant()}").Append('\n');
            }
        }

        return text.ToString();
    }
}
