using System.Net.Http.Headers;

namespace TrafficAI.Metrics;

/// <summary>A store behind HTTP: <c>/write</c> of InfluxDB 1, or <c>/api/v2/write</c> of InfluxDB 2 and of what speaks like it.</summary>
public sealed class HttpStore : IMetricsStore
{
    private readonly HttpClient client;
    private readonly Uri write;

    public HttpStore(MetricsAddress address)
    {
        write = address.Write;
        // Whoever is sent on would carry the token elsewhere.
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(10) };
        if (!string.IsNullOrEmpty(address.Secret)) client.DefaultRequestHeaders.Authorization = new(address.AuthorizationScheme!, address.Secret);
    }

    /// <inheritdoc/>
    public async Task<StoreAnswer> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(lines) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain", "utf-8") } };
            using var answer = await client.PostAsync(write, content, cancel);
            return answer.IsSuccessStatusCode ? new(StoreVerdict.Taken) : StoreAnswer.Of(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (HttpRequestException e)
        {
            return new(StoreVerdict.Later, e.Message.ReplaceLineEndings(" "));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(StoreVerdict.Later, "no answer within 10 s");
        }
    }

    public void Dispose() => client.Dispose();
}
