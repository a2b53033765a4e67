using System.Collections.Frozen;
using System.Diagnostics;
using TrafficAI.Network;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>How long a server takes from a frame that has come to the plan on it that goes out.</summary>
/// <remarks>All members may be called from several threads at once; those of one intersection come in the order of its messages.</remarks>
internal sealed class AnswerTimes(IEnumerable<IntersectionId> intersections)
{
    private const int SecondsKept = 16;

    private readonly FrozenDictionary<IntersectionId, (long Second, long At)[]> heard =
        intersections.ToFrozenDictionary(id => id, _ => new (long, long)[SecondsKept]);

    public Percentiles Times { get; } = new();

    public void Heard(IntersectionId intersection, long second)
    {
        if (second >= 0 && heard.TryGetValue(intersection, out var seconds)) seconds[second % SecondsKept] = (second, Stopwatch.GetTimestamp());
    }

    public void Answered(IntersectionId intersection, long second)
    {
        if (second < 0 || !heard.TryGetValue(intersection, out var seconds)) return;
        var (known, at) = seconds[second % SecondsKept];
        if (known == second && at != 0) Times.Add(Stopwatch.GetElapsedTime(at));
    }
}
