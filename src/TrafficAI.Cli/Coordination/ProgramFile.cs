using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using TrafficAI.Network;

namespace TrafficAI.Cli.Coordination;

/// <summary>Writes programmes as an additional file of SUMO, which <c>--programs</c> and SUMO itself read.</summary>
public static class ProgramFile
{
    /// <param name="offsets">One per junction, in s.</param>
    public static string Of(CorridorModel corridor, ImmutableArray<int> offsets) => Of(
        "coordinated",
        corridor.Signals.Select((signals, i) => (signals.Id, corridor.Programs[i], offsets[i] % signals.LocalPlan.CycleSeconds)));

    /// <param name="programId">What they are called, all of them.</param>
    /// <param name="programs">Offsets in s.</param>
    public static string Of(string programId, IEnumerable<(IntersectionId Id, SignalProgram Program, int Offset)> programs)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new() { Indent = true, IndentChars = "  ", OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("additional");
            foreach (var (id, program, offset) in programs) Write(xml, programId, id, program, offset);
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter xml, string programId, IntersectionId id, SignalProgram program, int offset)
    {
        xml.WriteStartElement("tlLogic");
        xml.WriteAttributeString("id", id.Value);
        xml.WriteAttributeString("type", "static");
        xml.WriteAttributeString("programID", programId);
        xml.WriteAttributeString("offset", offset.ToString(CultureInfo.InvariantCulture));
        foreach (var state in program.States)
        {
            xml.WriteStartElement("phase");
            xml.WriteAttributeString("duration", Seconds(state.DurationMilliseconds));
            xml.WriteAttributeString("state", state.Letters);
            if (state.MinimumMilliseconds is { } least) xml.WriteAttributeString("minDur", Seconds(least));
            if (state.MaximumMilliseconds is { } most) xml.WriteAttributeString("maxDur", Seconds(most));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Seconds(int milliseconds) => (milliseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
