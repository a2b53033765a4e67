using System.Globalization;
using System.Net;

namespace TrafficAI.Metrics;

/// <summary>A way to a store of time series that takes InfluxDB's line protocol.</summary>
public interface IMetricsStore : IDisposable
{
    /// <summary>Sends lines, each with a time in whole seconds. A repeat is harmless.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; whether the store has taken the lines is not known.</exception>
    Task<StoreAnswer> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel);
}

/// <summary>What a store said to a batch of lines.</summary>
/// <param name="Reason">Why it did not take them, in a few words; empty when it did.</param>
public readonly record struct StoreAnswer(StoreVerdict Verdict, string Reason = "")
{
    private const int LongestReason = 200;

    /// <summary>What a status other than success means. What is wrong with the way in, or with the store, says nothing of the lines.</summary>
    /// <param name="body">What the store wrote to it.</param>
    public static StoreAnswer Of(HttpStatusCode status, string body)
    {
        var told = body.Trim().ReplaceLineEndings(" ");
        return new(VerdictOf(status), string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}{(told.Length > 0 ? ": " : "")}{told[..Math.Min(told.Length, LongestReason)]}"));
    }

    private static StoreVerdict VerdictOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
            or HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => StoreVerdict.Later,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => StoreVerdict.Refused,
        _ => StoreVerdict.Later,
    };
}

/// <summary>Whether a store took a batch.</summary>
public enum StoreVerdict
{
    /// <summary>It has them.</summary>
    Taken,

    /// <summary>It will not take these lines, now or later.</summary>
    Refused,

    /// <summary>It may take them later: it does not answer, is busy, or does not let us in.</summary>
    Later,
}
