using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Server.Access;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Tests;

/// <summary>The addresses of a server, as it knows them itself.</summary>
internal static partial class RouteTable
{
    /// <summary><c>GET /api/v1/site</c> and so on, without the kinds of parameters.</summary>
    public static IEnumerable<string> Routes(this TestServer server) => server.Allowed().Select(route => $"{route.Method} {route.Path}");

    /// <summary>Each with the least role; null where no session is needed.</summary>
    public static IEnumerable<(string Method, string Path, Role? Least)> Allowed(this TestServer server) =>
        from endpoint in server.Host.Routes
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, "/" + Kind().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "}"), endpoint.Metadata.GetMetadata<Allowed>()?.Least);

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Kind();
}
