namespace TrafficAI.Server.Api;

/// <summary>A request that cannot be answered: told as a problem (RFC 9457).</summary>
/// <param name="status">HTTP status, 400 to 599.</param>
/// <param name="title">What is wrong, in a few words, the same for all of its kind.</param>
/// <param name="detail">What is wrong with this request.</param>
/// <param name="next">What to do.</param>
public sealed class ApiException(int status, string title, string detail, string next) : Exception(detail)
{
    public int Status => status;

    public string Title => title;

    public string Next => next;

    public static ApiException BadInput(string detail, string next) => new(400, "The request cannot be understood", detail, next);

    public static ApiException NotFound(string detail, string next) => new(404, "There is no such thing", detail, next);

    public static ApiException Forbidden(string detail, string next) => new(403, "That is not allowed", detail, next);
}
