using System.Diagnostics;
using System.Security.Cryptography;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using Wire = TrafficAI.FieldBus.Wire;

namespace TrafficAI.Cli.Field.Synthetic;

/// <summary>What a load did.</summary>
/// <param name="Frames">Sent.</param>
/// <param name="Unsent">Frames for which there was no connection.</param>
/// <param name="Answered">Plans that answered a frame and were accepted.</param>
/// <param name="Refused">Orders that were not.</param>
/// <param name="Broken">Connections that broke.</param>
/// <param name="RoundTrips">From a frame sent to its plan taken.</param>
/// <param name="Late">Seconds by which the latest frame left after its time: what this process itself fell behind.</param>
public sealed record SyntheticLoadResult(long Frames, long Unsent, long Answered, long Refused, long Broken, Percentiles RoundTrips, double Late)
{
    /// <summary>Frames to which no plan came.</summary>
    public long Lost => Frames - Answered;
}

/// <summary>The controllers of a <see cref="SyntheticCity"/> behind a broker: a connection each, a frame a second each, spread evenly over the
/// second, and a reply to every plan.</summary>
public static class SyntheticLoad
{
    /// <summary>After the last frame, for plans under way.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ToConnect = TimeSpan.FromMinutes(2);

    /// <param name="seconds">How long.</param>
    /// <exception cref="InputException">The broker is not on this machine, or not all get connected.</exception>
    public static SyntheticLoadResult Run(string folder, MqttAddress address, int seconds, CancellationToken stop)
    {
        if (address.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
            throw new InputException($"--synthetic is a load test, and for a broker on this machine only: {address.Host} is none. Name localhost.");
        var site = SyntheticCity.Read(folder);
        var keys = ControllerKeys.Read(SyntheticCity.KeysOf(folder), site);
        var boot = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;
        var controllers = site.Models.Select(model => new SyntheticController(model, keys[model.Signals.Id], address.City, boot)).ToArray();
        using var run = new Running(controllers, address);
        run.Connect(ToConnect, stop);
        run.Drive(TimeSpan.FromSeconds(seconds), stop);
        return run.End(Rest);
    }

    private sealed class Running : IDisposable
    {
        private readonly SyntheticController[] controllers;
        private readonly MqttPool pool;
        private readonly Percentiles roundTrips = new();
        private long frames;
        private long unsent;
        private long refused;
        private TimeSpan late;

        public Running(SyntheticController[] controllers, MqttAddress address)
        {
            this.controllers = controllers;
            pool = new(address, Receive, Greet);
        }

        public void Connect(TimeSpan patience, CancellationToken stop)
        {
            foreach (var controller in controllers)
            {
                pool.Add(controller.PlanTopic, (controller.PresenceTopic, controller.Presence(Wire.Presence.Types.State.Offline)));
                pool.Poll(0);
            }

            for (var start = Stopwatch.GetTimestamp(); pool.Up < controllers.Length; pool.Poll(100))
            {
                stop.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(start) > patience) throw new InputException($"only {pool.Up} of {controllers.Length} controllers get connected. Is the broker there, and does it allow so many files?");
            }
        }

        public void Drive(TimeSpan time, CancellationToken stop)
        {
            var start = Stopwatch.GetTimestamp();
            var ticks = (long)(time.TotalSeconds * controllers.Length);
            for (var tick = 0L; tick < ticks; tick++)
            {
                var due = TimeSpan.FromSeconds((double)tick / controllers.Length);
                for (var left = due - Stopwatch.GetElapsedTime(start); left > TimeSpan.Zero; left = due - Stopwatch.GetElapsedTime(start))
                {
                    if (stop.IsCancellationRequested) return;
                    pool.Poll((int)Math.Ceiling(left.TotalMilliseconds));
                }

                Publish((int)(tick % controllers.Length));
                var behind = Stopwatch.GetElapsedTime(start) - due;
                if (behind > late) late = behind;
            }
        }

        public SyntheticLoadResult End(TimeSpan rest)
        {
            for (var start = Stopwatch.GetTimestamp(); roundTrips.Count < frames && Stopwatch.GetElapsedTime(start) < rest;) pool.Poll(10);
            for (var i = 0; i < controllers.Length; i++) pool.Publish(i, controllers[i].PresenceTopic, controllers[i].Presence(Wire.Presence.Types.State.Shutdown), 1, retain: true);
            pool.Poll(100);
            return new(frames, unsent, roundTrips.Count, refused, pool.Broken, roundTrips, late.TotalSeconds);
        }

        public void Dispose() => pool.Dispose();

        private void Publish(int number)
        {
            if (pool.Publish(number, controllers[number].FrameTopic, controllers[number].Tick(), 0, retain: false)) frames++;
            else unsent++;
        }

        private void Greet(int number) =>
            pool.Publish(number, controllers[number].PresenceTopic, controllers[number].Presence(Wire.Presence.Types.State.Online), 1, retain: true);

        private void Receive(int number, ReadOnlySpan<byte> payload)
        {
            if (controllers[number].Take(payload, out var roundTrip) is { } reply) pool.Publish(number, controllers[number].ReplyTopic, reply, 0, retain: false);
            if (roundTrip is { } time) roundTrips.Add(time);
            else refused++;
        }
    }
}
