using System.Net;

namespace TrafficAI.Server;

/// <summary>Where a server listens.</summary>
/// <param name="IsTls">Whether it speaks HTTPS.</param>
public sealed record ListenAddress(IPEndPoint EndPoint, bool IsTls)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>Reads <c>http://127.0.0.1:8080</c>; port 0 for a free one.</summary>
    /// <returns>Null if it is no such address.</returns>
    public static ListenAddress? TryParse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0) return null;
        var address = uri.IdnHost == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var ip) ? ip : null;
        return address is null ? null : new(new IPEndPoint(address, uri.Port), uri.Scheme == "https");
    }
}
