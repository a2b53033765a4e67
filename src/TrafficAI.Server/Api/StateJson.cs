using System.Runtime.CompilerServices;
using System.Text.Json;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Api;

/// <summary>The JSON of a state, written once for all viewers.</summary>
internal static class StateJson
{
    private static readonly ConditionalWeakTable<IntersectionNow, byte[]> Written = [];

    public static byte[] Of(IntersectionNow now) => Written.GetValue(now, state => JsonSerializer.SerializeToUtf8Bytes(state, Json.Options));
}
