using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Api;

/// <summary>Server-sent events: what the street shows now, to one viewer. What a viewer is too slow for is left out: it gets the newest state, and
/// no queue grows for it.</summary>
public sealed class LiveStream(LiveModel live, HttpResponse response, ImmutableArray<int> wanted)
{
    /// <summary>No more than ten states a second, however fast the street runs.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Sends what is now, then what changes, until the viewer goes or the server ends.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Begin();
        long version = -1, heard = long.MaxValue;
        while (!stop.IsCancellationRequested)
        {
            var change = live.Since(version, heard, wanted);
            if (version < 0 || change.News.Length > 0) State(change.Second, change.News);
            foreach (var what in change.Happenings) Happening(what);
            (version, heard) = (change.Version, change.Heard);
            await response.BodyWriter.FlushAsync(stop);
            await Task.Delay(Shortest, stop);
            await WaitAsync(version, stop);
        }
    }

    /// <summary>Plays the past from a street second on; at its end it goes over to what is now, or, where the run has ended, stays quiet.</summary>
    /// <param name="speed">Street seconds a second.</param>
    public async Task PlayAsync(long from, double speed, CancellationToken stop)
    {
        Begin();
        var view = new SiteView(live.Served.Record, live.Served.Site);
        var clock = new System.Diagnostics.Stopwatch();
        var sent = new IntersectionNow?[view.Views.Length];
        await foreach (var moment in History.ReadAsync(live.Served, live.Past, view, from, stop))
        {
            clock.Start();
            var due = TimeSpan.FromSeconds((moment.Second - from) / speed);
            foreach (var what in moment.Happenings) Happening(what);
            if (due < clock.Elapsed - Shortest) continue;
            if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed, stop);
            State(moment.Second, [.. wanted.Where(i => moment.Intersections[i] is { } now && !now.Equals(sent[i])).Select(i => (i, moment.Intersections[i]!))]);
            foreach (var index in wanted) sent[index] = moment.Intersections[index];
            await response.BodyWriter.FlushAsync(stop);
        }

        if (live.Ask(now => now.EndedAt) is null) await RunAsync(stop);
        Write("event: end\ndata: {}\n\n"u8);
        while (!stop.IsCancellationRequested)
        {
            Write(": \n\n"u8);
            await response.BodyWriter.FlushAsync(stop);
            await Task.Delay(Heartbeat, stop);
        }
    }

    private void Begin()
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        Write("retry: 2000\n\n"u8);
    }

    private async Task WaitAsync(long version, CancellationToken stop)
    {
        var changed = live.ChangedAsync(version);
        while (await Task.WhenAny(changed, Task.Delay(Heartbeat, stop)) != changed)
        {
            stop.ThrowIfCancellationRequested();
            Write(": \n\n"u8);
            await response.BodyWriter.FlushAsync(stop);
        }
    }

    private void State(long? second, ImmutableArray<(int Index, IntersectionNow Now)> news)
    {
        Write("event: state\ndata: "u8);
        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            json.WriteStartObject();
            if (second is { } known)
            {
                json.WriteNumber("second", known);
                json.WriteString("wall", live.Served.Wall(known));
            }

            json.WriteStartObject("intersections");
            foreach (var (index, now) in news)
            {
                json.WritePropertyName(live.Served.Site.Models[index].Signals.Id.Value);
                json.WriteRawValue(StateJson.Of(now), skipInputValidation: true);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        Write("\n\n"u8);
    }

    private void Happening(object what)
    {
        Write(what is Decided ? "event: decided\ndata: "u8 : what is Alarm ? "event: alarm\ndata: "u8 : "event: override\ndata: "u8);
        using (var json = new Utf8JsonWriter(response.BodyWriter)) JsonSerializer.Serialize(json, what, what.GetType(), Json.Options);
        Write("\n\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes) => response.BodyWriter.Write(bytes);
}
