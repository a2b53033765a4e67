using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Telemetry;

/// <summary>Sends traces of requests and all measures to a collector of the city's own, by OTLP over HTTP.</summary>
public sealed class OtlpExport : IDisposable
{
    private const string Requests = "Microsoft.AspNetCore";

    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    /// <param name="collector">Its base address, such as <c>http://127.0.0.1:4318</c>.</param>
    public OtlpExport(Uri collector)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("trafficai", serviceVersion: RunHeader.ThisBuild);
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Requests).AddOtlpExporter(o => Send(o, collector, "v1/traces")).Build();
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ServerMeter.Name).AddOtlpExporter(o => Send(o, collector, "v1/metrics")).Build();
    }

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }

    private static void Send(OtlpExporterOptions options, Uri collector, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new(collector, path);
    }
}
