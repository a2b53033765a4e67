using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Traffic expected where no detector sees it: pedestrians at crossings, and lanes for bicycles or trams alone.</summary>
/// <remarks>One person for each minute of red, counted as a vehicle; after the first minute their number is multiplied by the minutes
/// waited, since people then begin to cross at red. Our own rule.</remarks>
public sealed class UnseenDemand(IntersectionModel model)
{
    private const double SecondsPerPerson = 60;

    /// <summary>What starting a phase serves, in vehicles; 0 for groups that have green already.</summary>
    public double ServedBy(PhaseId phase, ImmutableArray<int> waitSeconds)
    {
        var served = 0.0;
        for (var i = 0; i < waitSeconds.Length; i++)
        {
            if (model.Signals.Phase(phase).Green[model.UnseenGroups[i]]) served += Expected(waitSeconds[i]);
        }

        return served;
    }

    /// <summary>Those that wait at one group after so many seconds of red, as vehicles.</summary>
    public static double Expected(int waitSeconds)
    {
        var persons = waitSeconds / SecondsPerPerson;
        return persons > 1 ? persons * persons : persons;
    }
}
