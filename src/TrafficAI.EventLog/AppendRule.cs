using System.Text;

namespace TrafficAI.EventLog;

/// <summary>What every log of ours says to an append: within the limits, a harmless repeat, as expected, or refused.</summary>
internal static class AppendRule
{
    /// <exception cref="ArgumentException">A name or the size is outside its limits.</exception>
    public static void CheckLimits(string stream, long expected, ReadOnlySpan<EventData> events)
    {
        CheckName(stream, "stream");
        if (expected < ExpectedRevision.Any)
            throw new ArgumentOutOfRangeException(nameof(expected), expected, "An expected revision is -2 (any), -1 (no stream), or more.");
        long bytes = 0;
        foreach (ref readonly var @event in events)
        {
            CheckName(@event.Type, "type");
            bytes += @event.Payload.Length + Encoding.UTF8.GetByteCount(@event.Type) + 16;
        }
        if (bytes > AppendLimits.MaxAppendBytes)
            throw new ArgumentException(
                $"stream '{stream}': an append of {bytes} bytes is over the limit of {AppendLimits.MaxAppendBytes}. Split it.", nameof(events));
    }

    /// <summary>Decides about an append that is within the limits.</summary>
    /// <returns>Null if it must be written after the stream's head; else the revision to answer, with nothing to write.</returns>
    /// <exception cref="WrongExpectedRevisionException">It is refused.</exception>
    /// <exception cref="ArgumentException">An id occurs twice in the append.</exception>
    public static long? Decide(IStreamView stream, long expected, ReadOnlySpan<EventData> events)
    {
        var asExpected = expected == ExpectedRevision.Any || expected == stream.Head;
        if (events.IsEmpty) return asExpected ? stream.Head : throw Refusal(stream, expected);
        if (asExpected && AreDerivedAfterHead(stream, events)) return null;

        CheckDistinct(stream, events);
        var known = 0;
        foreach (ref readonly var @event in events)
        {
            if (stream.RevisionOf(@event.Id) >= 0) known++;
        }
        if (known == 0) return asExpected ? null : throw Refusal(stream, expected);
        return known == events.Length && IsRepeat(stream, events)
            ? stream.RevisionOf(events[^1].Id)
            : throw Refusal(stream, expected, "it holds events with some of these ids, but not these events side by side");
    }

    // The common case, and the only one that needs no look at earlier ids.
    private static bool AreDerivedAfterHead(IStreamView stream, ReadOnlySpan<EventData> events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (stream.Ids.RevisionOf(events[i].Id) != stream.Head + 1 + i) return false;
        }
        return true;
    }

    private static bool IsRepeat(IStreamView stream, ReadOnlySpan<EventData> events)
    {
        var first = stream.RevisionOf(events[0].Id);
        for (var i = 0; i < events.Length; i++)
        {
            if (stream.RevisionOf(events[i].Id) != first + i || !stream.Holds(first + i, events[i])) return false;
        }
        return true;
    }

    private static void CheckDistinct(IStreamView stream, ReadOnlySpan<EventData> events)
    {
        if (events.Length == 1) return;
        var ids = new HashSet<Guid>(events.Length);
        foreach (ref readonly var @event in events)
        {
            if (!ids.Add(@event.Id))
                throw new ArgumentException($"stream '{stream.Name}': event id {@event.Id} occurs twice in one append.", nameof(events));
        }
    }

    private static WrongExpectedRevisionException Refusal(IStreamView stream, long expected, string? detail = null) =>
        new(stream.Name, expected, stream.Head, detail);

    private static void CheckName(string name, string what)
    {
        if (name.Length is 0 or > AppendLimits.MaxNameLength)
            throw new ArgumentException($"The name of a {what} has 1 to {AppendLimits.MaxNameLength} characters, not {name.Length}.", what);
        if (name.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(name))
            throw new ArgumentException($"The name of a {what} holds a NUL or half a surrogate pair.", what);
    }

    private static bool IsWellFormed(ReadOnlySpan<char> name)
    {
        if (!name.ContainsAnyInRange('\uD800', '\uDFFF')) return true;
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (i + 1 >= name.Length || !char.IsSurrogatePair(name[i], name[++i])) return false;
        }
        return true;
    }
}
