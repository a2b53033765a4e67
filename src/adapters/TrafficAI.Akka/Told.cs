using System.Collections.Immutable;
using System.Globalization;
using Akka.Cluster.Sharding;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Runtime;

namespace TrafficAI.Akka;

/// <summary>What an intersection in one part tells a neighbour in another, on its way between nodes.</summary>
/// <param name="Forecast">As <see cref="ForecastCodec"/> writes it.</param>
internal sealed record Told(int Part, int To, byte[] Forecast)
{
    public static Told Of(int part, Telling telling) => new(part, telling.To, ForecastCodec.Encode(telling.Forecast.Second, [telling.Forecast]).ToArray());

    /// <exception cref="RecordException">The bytes are no forecast.</exception>
    public ImmutableArray<Telling> Read() => [.. ForecastCodec.Decode(Forecast).Forecasts.Select(forecast => new Telling(To, forecast))];
}

/// <summary>Tells the cluster which part a message is for; each part is a shard of its own.</summary>
internal sealed class PartExtractor : IMessageExtractor
{
    public static string NameOf(int part) => part.ToString(CultureInfo.InvariantCulture);

    public static int NumberOf(string name) => int.Parse(name, CultureInfo.InvariantCulture);

    public string? EntityId(object message) => message is Told told ? NameOf(told.Part) : null;

    public object EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message);

    public string ShardId(string entityId, object? messageHint = null) => entityId;
}
