using Microsoft.AspNetCore.Builder;
using TrafficAI.Server.Access;

namespace TrafficAI.Server.Api;

/// <summary>Who may use an endpoint. One without it is open to all.</summary>
/// <param name="Least">The least role.</param>
internal sealed record Allowed(Role Least);

/// <summary>Says who may use an endpoint.</summary>
internal static class AllowedExtensions
{
    public static T For<T>(this T endpoint, Role least)
        where T : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(new Allowed(least));
        return endpoint;
    }
}
