using TrafficAI.Network;

namespace TrafficAI.Runtime.Faults;

/// <summary>One direction of one controller's link: what becomes of each message. Draws from its own stream of chance, so that it does
/// not depend on what other links do, or when.</summary>
public sealed class FaultyLink<T>(FaultSpec faults, ulong seed)
{
    private readonly SplitMix64 chance = new(seed);
    private readonly List<(long Due, T Message)> underWay = [];

    /// <summary>Sends a message.</summary>
    /// <param name="due">The second at which it would arrive if nothing went wrong.</param>
    public void Send(long due, T message)
    {
        if (Happens(faults.Loss)) return;
        due += faults.DelaySeconds == 0 ? 0 : chance.NextBetween(0, faults.DelaySeconds);
        if (Happens(faults.Reorder)) due++;
        underWay.Add((due, message));
        if (Happens(faults.Duplicate)) underWay.Add((due + 1, message));
    }

    /// <summary>The next message that has arrived by a second, in order of arrival, then of sending.</summary>
    public bool TryTake(long second, out T message)
    {
        var first = -1;
        for (var i = 0; i < underWay.Count; i++)
        {
            if (underWay[i].Due <= second && (first < 0 || underWay[i].Due < underWay[first].Due)) first = i;
        }

        message = first < 0 ? default! : underWay[first].Message;
        if (first >= 0) underWay.RemoveAt(first);
        return first >= 0;
    }

    private bool Happens(double share) => share > 0 && chance.NextUnit() < share;
}
