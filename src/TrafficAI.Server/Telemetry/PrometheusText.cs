using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace TrafficAI.Server.Telemetry;

/// <summary>Writes instruments as Prometheus reads them: text format 0.0.4. Names have underscores for dots; counters end in <c>_total</c>, seconds in <c>_seconds</c>, bytes in
/// <c>_bytes</c>.</summary>
public sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock gate = new();
    private readonly MeterListener listener = new();
    private readonly SortedDictionary<string, (Instrument Instrument, List<string> Lines)> families = new(StringComparer.Ordinal);

    /// <param name="meter">Whose instruments are written.</param>
    public PrometheusText(Meter meter)
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter == meter && instrument.IsObservable) own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>All that is measured now.</summary>
    public string Write()
    {
        lock (gate)
        {
            families.Clear();
            listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var (name, (instrument, lines)) in families)
            {
                text.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description).Append('\n');
                text.Append("# TYPE ").Append(name).Append(IsCounter(instrument) ? " counter\n" : " gauge\n");
                foreach (var line in lines) text.Append(line).Append('\n');
            }

            return text.ToString();
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = NameOf(instrument);
        if (!families.TryGetValue(name, out var family)) families.Add(name, family = (instrument, []));
        var line = new StringBuilder(name);
        for (var i = 0; i < tags.Length; i++)
            line.Append(i == 0 ? '{' : ',').Append(tags[i].Key).Append("=\"").Append(Escaped(tags[i].Value)).Append('"');
        if (tags.Length > 0) line.Append('}');
        family.Lines.Add(line.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).ToString());
    }

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "{vehicle}" => "_vehicles", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + (IsCounter(instrument) ? "_total" : "");
    }

    private static bool IsCounter(Instrument instrument) => instrument is ObservableCounter<long> or ObservableCounter<double> or ObservableCounter<int>;

    private static string Escaped(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
