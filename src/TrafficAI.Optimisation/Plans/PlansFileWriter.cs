using System.Collections.Immutable;
using System.Text.Json;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Writes a file of computed plans.</summary>
public static class PlansFileWriter
{
    private const int GainDigits = 3;
    private const int FlowDigits = 1;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="className">As the command line writes it: site, R+ or S.</param>
    /// <param name="plans">Per intersection its model and its segments.</param>
    /// <param name="laneOf">The id of a stop lane.</param>
    public static byte[] Write(
        string className, string provenance, IEnumerable<(IntersectionModel Model, ImmutableArray<PlannedSegment> Segments)> plans, Func<IntersectionModel, int, string> laneOf)
    {
        using var to = new MemoryStream();
        using (var json = new Utf8JsonWriter(to, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("class", className);
            json.WriteString("provenance", provenance);
            List(json, "intersections", plans, part => Write(json, part.Model, part.Segments, laneOf));
            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
        return to.ToArray();
    }

    private static void Write(Utf8JsonWriter json, IntersectionModel model, ImmutableArray<PlannedSegment> segments, Func<IntersectionModel, int, string> laneOf)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Signals.Id.Value);
        List(json, "segments", segments, segment => Write(json, model, segment, laneOf));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IntersectionModel model, PlannedSegment planned, Func<IntersectionModel, int, string> laneOf)
    {
        var segment = planned.Segment;
        json.WriteStartObject();
        json.WriteNumber("from", segment.From);
        Number(json, "saturation", planned.Plan.Saturation, GainDigits);
        Write(json, segment.Webster);
        Write(json, segment.Tuc);
        List(json, "actuated", segment.Actuated, phase => Write(json, phase));
        List(json, "flows", model.Movements, movement => Write(json, movement, laneOf(model, movement.StopLane), planned.Flows[movement.Index]));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FixedPlan plan)
    {
        json.WriteStartObject("webster");
        json.WriteNumber("cycle", plan.CycleSeconds);
        json.WriteNumber("offset", plan.OffsetSeconds);
        List(json, "steps", plan.Steps, step => Write(json, step));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FixedStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("phase", step.Phase.Number);
        json.WriteNumber("start", step.InterphaseStart);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TucGain gain)
    {
        json.WriteStartObject("tuc");
        List(json, "least", gain.LeastSeconds, json.WriteNumberValue);
        List(json, "secondsPerVehicle", gain.SecondsPerVehicle, value => json.WriteNumberValue(Math.Round(value, GainDigits)));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ActuatedPhase phase)
    {
        json.WriteStartObject();
        json.WriteNumber("phase", phase.Phase.Number);
        json.WriteNumber("maximum", phase.MaximumSeconds);
        json.WriteNumber("passage", phase.PassageSeconds);
        json.WriteNumber("leastPassage", phase.LeastPassageSeconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Movement movement, string lane, double flow)
    {
        json.WriteStartObject();
        json.WriteString("lane", lane);
        json.WriteNumber("link", movement.Link);
        Number(json, "vehiclesPerHour", flow, FlowDigits);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value, int digits) => json.WriteNumber(name, Math.Round(value, digits));

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }
}
