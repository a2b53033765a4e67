using System.Collections.Immutable;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.FieldBus.Tests.Vectors;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>Controllers behind a broker, all with the key and the configuration of the golden vectors.</summary>
internal static class GoldenStreet
{
    /// <summary>What a server knows of them.</summary>
    public static ImmutableDictionary<IntersectionId, Credentials> Known(params string[] ids) =>
        ids.ToImmutableDictionary(id => new IntersectionId(id), _ => new Credentials(Vector.Key, Examples.Checksum));

    /// <summary>All of them, connected. Their clocks call themselves synchronised, so that no server sets them.</summary>
    /// <param name="make">Makes their connections.</param>
    /// <param name="window">As <see cref="MqttControllersOptions.Window"/>.</param>
    public static async Task<MqttControllers> OpenAsync(MqttConnector make, MqttAddress address, string[] ids, CancellationToken cancel, int window = 64)
    {
        var bus = MqttControllers.Open(new()
        {
            Address = address, Client = make, FirstPause = TimeSpan.FromMilliseconds(50), Window = window, Clock = new(TimeSpan.Zero, 0),
            Controllers = ids.ToImmutableDictionary(id => new IntersectionId(id), _ => new RoadsideController(Vector.Key, Examples.Configuration(), new EpochInMemory())),
        });
        var signals = ConfigurationReader.Read(Examples.Configuration());
        foreach (var id in ids) bus.Gate(new VirtualController(signals with { Id = new(id) }, 0));
        await bus.ReadyAsync(cancel);
        return bus;
    }
}
