using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.WhatIf;

/// <summary>The begin of a street second at which runs part. The first run that comes there leaves the street as it stands and what its actors were told; others go on from
/// that, each with actors that were told the same, whatever their strategy.</summary>
/// <param name="given">What the engines were made from, the same object for all.</param>
internal sealed class BranchPoint(long second, object given)
{
    private ReadOnlyMemory<byte>? street;
    private ImmutableArray<(string Stream, ImmutableArray<EventData> Events)> told = [];

    /// <summary>A run has been there.</summary>
    public bool IsKept => street is not null;

    /// <summary>To be called after every second: keeps the street when the time has come.</summary>
    public void Pass(LockstepStreet now, long reached)
    {
        if (!IsKept && reached == second) street = now.Save(given);
    }

    /// <summary>Keeps what the actors were told before, from the log of the run that was there.</summary>
    public async Task KeepInputsAsync(IEventLog log, Site site, CancellationToken stop)
    {
        var kept = ImmutableArray.CreateBuilder<(string, ImmutableArray<EventData>)>();
        foreach (var model in site.Models)
        {
            var (stream, events) = (StreamNames.Inputs(model.Signals.Id), new List<EventData>());
            await foreach (var e in log.ReadAsync(stream, 0, stop))
            {
                if (e.Type != StreamDigested.EventType && IsAfter(InputCodec.Decode(model.Signals.Id, e.Type, e.Payload))) break;
                events.Add(new(e.Id, e.Type, e.Payload));
            }

            kept.Add((stream, [.. events]));
        }

        told = kept.ToImmutable();
    }

    private bool IsAfter(IntersectionInput input) => input is IntersectionInput.FrameCame or IntersectionInput.FrameMissed && input.Second >= second;

    /// <summary>Tells new actors what those of the kept run were told.</summary>
    public async Task TellAsync(IEventLog log, IEnumerable<IntersectionActor> actors, CancellationToken stop)
    {
        foreach (var (stream, events) in told)
            for (var from = 0; from < events.Length; from += MostAtOnce)
                await log.AppendAsync(stream, from - 1, events.AsMemory()[from..Math.Min(events.Length, from + MostAtOnce)], stop);
        foreach (var actor in actors) await actor.RecoverAsync(stop);
    }

    /// <summary>Puts a new street where the kept one stood.</summary>
    public void GoOn(LockstepStreet from) => from.Load(given, street!.Value);

    private const int MostAtOnce = 256;
}
