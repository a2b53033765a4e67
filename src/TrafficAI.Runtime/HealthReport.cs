using System.Collections.Immutable;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;

namespace TrafficAI.Runtime;

/// <summary>Tells what has changed in the health of detectors, in incidents, and on the fallback ladder.</summary>
internal sealed class HealthReport(IntersectionModel model)
{
    private ImmutableArray<DetectorHealth> detectors = [];
    private ImmutableArray<Incident> incidents = [];
    private ControlLevel level;

    /// <summary>Adds an event for each change since the last call.</summary>
    /// <param name="revision">Of the input that led to it.</param>
    public void Tell(IntersectionOptimiser optimiser, long second, long revision, List<IntersectionEvent> events)
    {
        if (optimiser.Detectors != detectors) TellDetectors(optimiser.Detectors, second, revision, events);
        if (optimiser.Incidents != incidents) TellIncidents(optimiser.Incidents, second, revision, events);
        if (optimiser.Rung.Level == level) return;
        events.Add(IntersectionEvent.LevelChanged(second, revision, level, optimiser.Rung));
        level = optimiser.Rung.Level;
    }

    private void TellDetectors(ImmutableArray<DetectorHealth> now, long second, long revision, List<IntersectionEvent> events)
    {
        for (var i = 0; i < Math.Max(now.Length, detectors.Length); i++)
        {
            var after = i < now.Length ? now[i] : DetectorHealth.Undoubted;
            var before = i < detectors.Length ? detectors[i] : DetectorHealth.Undoubted;
            if (after.Condition != before.Condition) events.Add(IntersectionEvent.HealthChanged(second, revision, HealthNames.Detector(model, i), after));
        }

        detectors = now;
    }

    private void TellIncidents(ImmutableArray<Incident> now, long second, long revision, List<IntersectionEvent> events)
    {
        foreach (var incident in incidents)
        {
            if (!Has(now, incident.Lane)) events.Add(IntersectionEvent.IncidentOver(second, revision, HealthNames.Lane(model, incident.Lane)));
        }

        foreach (var incident in now)
        {
            if (!Has(incidents, incident.Lane)) events.Add(IntersectionEvent.Found(second, revision, HealthNames.Lane(model, incident.Lane), incident.Reason));
        }

        incidents = now;
    }

    private static bool Has(ImmutableArray<Incident> all, int lane) => all.Any(i => i.Lane == lane);
}
