using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Reads version 1 of a file of computed plans.</summary>
internal static class PlansFileReader
{
    private const int MostIntersections = 10_000;
    private const int MostSegments = 96;
    private const int MostPhases = 64;
    private const int MostGains = 100_000;
    private const int LongestCycle = 900;
    private const int LongestName = 200;
    private const int LongestProvenance = 4_000;

    public static PlansFile Read(ReadOnlyMemory<byte> content, string name) => JsonRoot.Read(content, name, ReadFile);

    private static PlansFile ReadFile(JsonPlace root)
    {
        var file = root.Members("version", "class", "provenance", "intersections");
        file.Required("version").Whole(1, 1);
        return new(
            root.Where, Class(file.Required("class")), file.Optional("provenance")?.Text(LongestProvenance) ?? "",
            [.. file.Required("intersections").Items(0, MostIntersections).Select(Intersection)]);
    }

    private static ControlClass Class(JsonPlace place) => place.Text(LongestName) switch
    {
        "site" => ControlClass.Site,
        "R+" => ControlClass.RPlus,
        "S" => ControlClass.S,
        var other => throw place.Error($"there are no plans for class {JsonPlace.Quote(other)}", "Use site, R+ or S"),
    };

    private static IntersectionPlans Intersection(JsonPlace place)
    {
        var part = place.Members("id", "segments");
        var segments = part.Required("segments").Items(1, MostSegments);
        var read = segments.Select(Segment).ToImmutableArray();
        for (var i = 1; i < read.Length; i++)
            if (read[i].From <= read[i - 1].From) throw segments[i].Error("it begins no later than the one before it", "Order them by their begin");
        return new(place.Where, new(part.Required("id").Text(LongestName)), new(read));
    }

    private static DaySegment Segment(JsonPlace place)
    {
        var part = place.Members("from", "webster", "tuc", "actuated", "saturation", "flows");
        return new(
            part.Required("from").Whole(0, 86_399), Plan(part.Required("webster")), Tuc(part.Required("tuc")),
            Sequence(part.Required("actuated")));
    }

    private static ImmutableArray<ActuatedPhase> Sequence(JsonPlace place)
    {
        var places = place.Items(1, MostPhases);
        var phases = places.Select(Actuated).ToImmutableArray();
        for (var i = 0; i < phases.Length; i++)
            if (phases.Take(i).Any(p => p.Phase == phases[i].Phase)) throw places[i].Error($"{phases[i].Phase} stands there twice", "Leave one of them out");
        return phases;
    }

    private static FixedPlan Plan(JsonPlace place)
    {
        var plan = place.Members("cycle", "offset", "steps");
        var cycle = plan.Required("cycle").Whole(1, LongestCycle);
        var places = plan.Required("steps").Items(1, MostPhases);
        var steps = places.Select(step => Step(step, cycle)).ToImmutableArray();
        for (var i = 1; i < steps.Length; i++)
            if (steps[i].InterphaseStart <= steps[i - 1].InterphaseStart) throw places[i].Error("it starts no later than the one before it", "Order them by their start");
        return new(cycle, plan.Optional("offset")?.Whole(0, cycle - 1) ?? 0, steps);
    }

    private static FixedStep Step(JsonPlace place, int cycle)
    {
        var step = place.Members("phase", "start");
        return new(new(step.Required("phase").Whole(1, MostPhases)), step.Required("start").Whole(0, cycle - 1));
    }

    private static TucGain Tuc(JsonPlace place)
    {
        var gain = place.Members("least", "secondsPerVehicle");
        return new(
            [.. gain.Required("least").Items(1, MostPhases).Select(least => least.Whole(1, LongestCycle))],
            [.. gain.Required("secondsPerVehicle").Items(0, MostGains).Select(value => value.Number(-1000, 1000))]);
    }

    private static ActuatedPhase Actuated(JsonPlace place)
    {
        var phase = place.Members("phase", "maximum", "passage", "leastPassage");
        var passage = phase.Required("passage").Number(0.1, 10);
        return new(new(phase.Required("phase").Whole(1, MostPhases)), phase.Required("maximum").Whole(1, LongestCycle), passage, phase.Optional("leastPassage")?.Number(0.1, passage) ?? passage);
    }
}
