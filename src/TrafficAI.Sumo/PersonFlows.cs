using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using TrafficAI.Network;

namespace TrafficAI.Sumo;

/// <summary>Pedestrians of flows that are under way when the window begins. SUMO 1.15 leaves out the whole of a <c>personFlow</c> that
/// begins before SUMO does, without a word; it goes on with a <c>flow</c> of vehicles. So it is given such flows as beginning with the
/// window.</summary>
internal static class PersonFlows
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n" };

    /// <summary>The route files as SUMO is to read them: rewritten in the folder where they hold such flows, else as they are.</summary>
    /// <exception cref="ScenarioException">A file cannot be opened, or an additional file holds such a flow.</exception>
    public static ImmutableArray<string> UnderWay(ScenarioFile scenario, long begin, string folder)
    {
        if (scenario.AdditionalFiles.FirstOrDefault(file => HoldsOne(file, begin)) is { } additional)
        {
            throw new ScenarioException(string.Create(CultureInfo.InvariantCulture,
                $"{additional}: a personFlow begins before {begin} s, and SUMO would leave it out. Move it to a route file."));
        }
        return [.. scenario.RouteFiles.Select((file, i) => HoldsOne(file, begin) ? Rewrite(file, begin, Path.Combine(folder, $"{i}.rou.xml")) : file)];
    }

    private static bool HoldsOne(string file, long begin)
    {
        using var xml = SumoFile.Open(file);
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.Name == "personFlow" && IsUnderWay(xml.GetAttribute("begin"), xml.GetAttribute("end"), begin))
                    return true;
            }
            return false;
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            return false; // SUMO itself says what is wrong with it
        }
    }

    private static bool IsUnderWay(string? first, string? last, long begin) =>
        SumoTime.TryParse(first, out var from) && from < begin && !(SumoTime.TryParse(last, out var to) && to <= begin);

    /// <summary>In order of departure, since SUMO reads no further than to one who departs later.</summary>
    private static string Rewrite(string file, long begin, string path)
    {
        using var xml = SumoFile.Open(file);
        var root = XDocument.Load(xml).Root!;
        foreach (var flow in root.Elements("personFlow").Where(f => IsUnderWay(f.Attribute("begin")?.Value, f.Attribute("end")?.Value, begin)).ToList())
            BeginWith(flow, begin);
        var rest = root.Elements().Where(element => Departs(element) is null);
        var departing = root.Elements().Where(element => Departs(element) is not null).OrderBy(element => Departs(element)!.Value);
        using var writer = XmlWriter.Create(path, Settings);
        new XElement(root.Name, rest, departing).WriteTo(writer);
        return path;
    }

    /// <summary>A random flow has no memory; a regular one goes on in its step with those who are left.</summary>
    private static void BeginWith(XElement flow, long begin)
    {
        var first = Departs(flow)!.Value;
        var step = Step(flow, first);
        var gone = step is { } seconds ? Math.Ceiling((begin - first) / seconds) : 0;
        flow.SetAttributeValue("begin", Text(step is null ? begin : first + gone * step.Value));
        if (Number(flow, "number") is not { } number)
            return;
        if (number <= gone)
            flow.Remove();
        else
            flow.SetAttributeValue("number", Text(number - gone));
    }

    /// <summary>Seconds from one to the next; null of a flow that is drawn by chance.</summary>
    private static double? Step(XElement flow, double first)
    {
        if (flow.Attribute("probability") is not null)
            return null;
        if (flow.Attribute("period") is not null)
            return Number(flow, "period");
        if ((Number(flow, "perHour") ?? Number(flow, "personsPerHour")) is { } rate)
            return 3600 / rate;
        return Number(flow, "number") is { } number && SumoTime.TryParse(flow.Attribute("end")?.Value, out var last) ? (last - first) / number : null;
    }

    private static double? Number(XElement flow, string name) =>
        double.TryParse(flow.Attribute(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private static double? Departs(XElement element) =>
        SumoTime.TryParse((element.Attribute("depart") ?? element.Attribute("begin"))?.Value, out var seconds) ? seconds : null;

    private static string Text(double seconds) => seconds.ToString("0.##", CultureInfo.InvariantCulture);
}
