using TrafficAI.Optimisation;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Runtime;

/// <summary>Tells from time to time what has been learned.</summary>
/// <param name="everySeconds">Whenever a multiple of it has been passed; 0 for never.</param>
internal sealed class LearningReport(IntersectionModel model, int everySeconds)
{
    private const int Digits = 4;
    private const int SecondsOfHour = 3600;
    private long? period;

    /// <summary>Adds an event if it is time.</summary>
    /// <param name="revision">Of the input that was taken in last.</param>
    public void Tell(IntersectionOptimiser optimiser, long second, long revision, List<IntersectionEvent> events)
    {
        if (everySeconds == 0) return;
        var now = second / everySeconds;
        period ??= now;
        if (now <= period) return;
        period = now;
        events.Add(IntersectionEvent.Learned(Of(optimiser.Learned(), second, revision)));
    }

    private ParametersLearned Of(LearnedParameters learned, long second, long revision) => new(
        second, revision,
        [.. model.Lanes.Select(lane => Of(lane, learned))],
        [.. learned.Links.Select(link => new ParametersLearned.Link(link.From, Rounded(link.TravelSeconds), Rounded(link.TravelDeviationSeconds), Rounded(link.ArriveShare)))]);

    private ParametersLearned.Lane Of(LaneModel lane, LearnedParameters learned)
    {
        var of = learned.Lanes[lane.Index];
        return new(
            HealthNames.Lane(model, lane.Index), Rounded(of.HeadwaySeconds), Rounded(of.HeadwayDeviationSeconds),
            Rounded(SecondsOfHour * of.VehiclesPerSecond), Rounded(SecondsOfHour * of.VehiclesPerSecondDeviation),
            [.. lane.Movements.Select(m => new ParametersLearned.Turn(
                HealthNames.ExitLane(model, model.Movements[m].Exit), Rounded(learned.Turns[m].Share), Rounded(learned.Turns[m].Deviation)))]);
    }

    private static double Rounded(double value) => Math.Round(value, Digits);
}
