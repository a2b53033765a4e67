using System.Net;
using System.Text;
using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core.Exceptions;
using TrafficAI.Metrics;

namespace TrafficAI.InfluxDB;

/// <summary>A store of version 2 behind InfluxDB.Client. Nothing is batched or tried again in the client: <see cref="MetricsWriter"/> does both, on the disk.</summary>
public sealed class InfluxStore : IMetricsStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly InfluxDBClient client;
    private readonly WriteApiAsync write;

    /// <exception cref="MetricsException">The address is not of version 2.</exception>
    public InfluxStore(MetricsAddress address)
    {
        var place = address.Bucket ?? throw new MetricsException($"metrics at {address}: InfluxDB.Client writes to version 2 only. Write v=2 with org and bucket, or leave out via=client.");
        var options = new InfluxDBClientOptions(place.Server.ToString()) { Org = place.Org, Bucket = place.Name, Timeout = Patience, AllowHttpRedirects = false };
        if (!string.IsNullOrEmpty(address.Secret)) options.Token = address.Secret;
        client = new(options);
        write = client.GetWriteApiAsync();
    }

    /// <inheritdoc/>
    public async Task<StoreAnswer> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        try
        {
            await write.WriteRecordAsync(Encoding.UTF8.GetString(lines.Span), WritePrecision.S, cancellationToken: cancel);
            return new(StoreVerdict.Taken);
        }
        catch (HttpException e) when (!cancel.IsCancellationRequested)
        {
            return e.Status == 0 ? new(StoreVerdict.Later, e.Message.ReplaceLineEndings(" ")) : StoreAnswer.Of((HttpStatusCode)e.Status, e.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(StoreVerdict.Later, "no answer within 10 s");
        }
    }

    public void Dispose() => client.Dispose();
}
