using System.Globalization;
using System.Net;
using System.Text;

namespace TrafficAI.Metrics.Tests;

/// <summary>What every way to a store of version 2 says to it, and makes of its answers; a double stands in its place.</summary>
public abstract class StatusContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_goes_in_the_header_and_status_codes_tell_a_bad_batch_from_a_closed_door()
    {
        using var listener = new HttpListener();
        using var store = StoreAt(Address(Listen(listener)));
        foreach (var (status, verdict) in new[]
        {
            (204, StoreVerdict.Taken), (400, StoreVerdict.Refused), (413, StoreVerdict.Refused), (422, StoreVerdict.Refused), (401, StoreVerdict.Later), (403, StoreVerdict.Later),
            (404, StoreVerdict.Later), (429, StoreVerdict.Later), (307, StoreVerdict.Later), (500, StoreVerdict.Later), (503, StoreVerdict.Later),
        })
        {
            var sending = store.SendAsync(Encoding.UTF8.GetBytes("m c=1i 5\nm c=2i 6\n"), Cancel);
            var asked = await listener.GetContextAsync();
            Assert.Equal("Token secret", asked.Request.Headers["Authorization"]);
            Assert.Equal(["bucket=b", "org=o", "precision=s"], asked.Request.Url!.Query.TrimStart('?').Split('&').Order());
            Assert.Equal("/api/v2/write", asked.Request.Url.AbsolutePath);
            Assert.Equal("m c=1i 5\nm c=2i 6", (await new StreamReader(asked.Request.InputStream).ReadToEndAsync(Cancel)).TrimEnd('\n'));
            asked.Response.StatusCode = status;
            asked.Response.Close();
            var answer = await sending;
            Assert.Equal(verdict, answer.Verdict);
            Assert.DoesNotContain("secret", answer.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', answer.Reason);
        }
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_tried_again_later()
    {
        string prefix;
        using (var listener = new HttpListener()) prefix = Listen(listener);
        using var store = StoreAt(Address(prefix));
        var answer = await store.SendAsync("m c=1i 5\n"u8.ToArray(), Cancel);
        Assert.Equal(StoreVerdict.Later, answer.Verdict);
        Assert.NotEqual("", answer.Reason);
    }

    /// <summary>The way that is tested.</summary>
    protected abstract IMetricsStore StoreAt(MetricsAddress address);

    private static MetricsAddress Address(string prefix) =>
        MetricsAddress.Parse(prefix.Replace("http:", "influxdb:", StringComparison.Ordinal).TrimEnd('/') + "?v=2&org=o&bucket=b", _ => "secret");

    private static string Listen(HttpListener listener)
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var prefix = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        listener.Prefixes.Add(prefix);
        listener.Start();
        return prefix;
    }
}

/// <summary>The built-in way.</summary>
public sealed class HttpStoreTests : StatusContract
{
    protected override IMetricsStore StoreAt(MetricsAddress address) => new HttpStore(address);
}
