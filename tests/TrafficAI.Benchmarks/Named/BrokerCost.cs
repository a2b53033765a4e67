using System.Diagnostics;
using TrafficAI.Benchmarks.Field;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.Benchmarks.Named;

/// <summary>Messages of the size of a frame through a real mosquitto, by libmosquitto and by MQTTnet: as many as go, and one at a time.</summary>
internal static class BrokerCost
{
    private const int Messages = 30_000;
    private const int Trips = 2_000;
    private const int Bytes = 300;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task PrintAsync(string folder, MqttConnector mqttNet)
    {
        using var broker = new Part(FieldLoad.Broker(folder, out var address), null);
        await Task.Delay(TimeSpan.FromSeconds(1));
        (string Name, MqttConnector Connect)[] libraries = [("libmosquitto", MosquittoLibrary.Client), ("MQTTnet", mqttNet)];
        foreach (var qos in (int[])[0, 1])
        {
            var rates = libraries.Select(_ => new List<double>()).ToArray();
            var times = libraries.Select(_ => new Percentiles()).ToArray();
            for (var round = 0; round <= Rounds; round++)
            {
                for (var i = 0; i < libraries.Length; i++)
                {
                    var rate = await RateAsync(MqttAddress.Parse(address), libraries[i].Connect, qos);
                    await TripsAsync(MqttAddress.Parse(address), libraries[i].Connect, qos, round == 0 ? new() : times[i]);
                    if (round > 0) rates[i].Add(rate);
                }
            }

            for (var i = 0; i < libraries.Length; i++)
                NamedPackagesCost.Say($"{libraries[i].Name,-12} QoS {qos}: {NamedPackagesCost.Median(rates[i]),7:0} messages/s; there and back half within {times[i].At(0.5).TotalMilliseconds:0.000} ms, 99 % within {times[i].At(0.99).TotalMilliseconds:0.000} ms");
        }
    }

    // With QoS 1 until the broker has confirmed all: what it queues for a listener is bounded, and it drops the rest.
    private static async Task<double> RateAsync(MqttAddress address, MqttConnector connect, int qos)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = 0;
        using var receiver = await OpenAsync(address, connect, "bench/rate", 0, _ =>
        {
            if (++heard == Messages) all.SetResult();
        });
        using var sender = await OpenAsync(address, connect, null, qos, _ => { });
        var (topic, payload) = (qos == 0 ? "bench/rate" : "bench/confirmed", new byte[Bytes]);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Messages; i++)
            if (!await sender.PublishAsync(topic, payload, qos, retain: false, CancellationToken.None)) throw new InvalidOperationException("a message is lost");
        if (qos == 0) await all.Task.WaitAsync(Patience);
        else if (!await sender.PublishLastAsync("bench/last", payload, Patience)) throw new InvalidOperationException("the broker did not confirm");
        return Messages / watch.Elapsed.TotalSeconds;
    }

    private static async Task TripsAsync(MqttAddress address, MqttConnector connect, int qos, Percentiles times)
    {
        using var back = new SemaphoreSlim(0);
        IMqttClient? answers = null;
        using var echo = answers = await OpenAsync(address, connect, "bench/there", qos, payload => answers!.PublishNow("bench/back", payload, qos, retain: false));
        using var asks = await OpenAsync(address, connect, "bench/back", qos, _ => back.Release());
        var message = new byte[Bytes];
        for (var i = 0; i < Trips; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await asks.PublishAsync("bench/there", message, qos, retain: false, CancellationToken.None);
            if (!await back.WaitAsync(TimeSpan.FromSeconds(10))) throw new InvalidOperationException("no answer");
            times.Add(Stopwatch.GetElapsedTime(start));
        }
    }

    private static async Task<IMqttClient> OpenAsync(MqttAddress address, MqttConnector connect, string? topic, int qos, Action<byte[]> received)
    {
        var client = connect(new()
        {
            Address = address, Subscriptions = topic is null ? [] : [(topic, qos)], Received = (_, payload, _, _) => received(payload.ToArray()),
        });
        client.Start();
        await client.ReadyAsync(CancellationToken.None);
        return client;
    }
}
