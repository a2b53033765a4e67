using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Reads version 1 of <c>signals.json</c>.</summary>
internal static class SignalsFileReader
{
    private const int MostIntersections = 10_000;
    private const int MostPerIntersection = 10_000;
    private const int MostLinks = 1_000;
    private const int LongestName = 200;
    private const int LongestProvenance = 4_000;
    private const int LongestCountdown = 20;

    public static SignalsFile Read(ReadOnlyMemory<byte> content, string name) => JsonRoot.Read(content, name, ReadFile);

    private static SignalsFile ReadFile(JsonPlace root)
    {
        var file = root.Members("version", "date", "profile", "nightFlash", "provenance", "corridors", "intersections");
        file.Required("version").Whole(1, 1);
        var profile = file.Optional("profile") is { } named ? Profile(named) : SignalProfile.OfProgramme;
        var night = file.Optional("nightFlash") is { } hours ? Night(hours) : null;
        var corridors = List(file.Optional("corridors"), MostIntersections, Corridor);
        var intersections = List(file.Optional("intersections"), MostIntersections, part => Intersection(part, profile, night));
        Distinct(corridors, c => c.Id, c => $"{c.Where}.id");
        Distinct(intersections, i => i.Id.Value, i => $"{i.Where}.id");
        return new(
            file.Optional("date") is { } date ? Date(date) : null, profile, file.Optional("provenance")?.Text(LongestProvenance) ?? "", corridors, intersections)
        {
            Night = night,
        };
    }

    private static Instant Date(JsonPlace place) =>
        DateTime.TryParseExact(place.Text(10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
        && day.Year is >= 1970 and < 2200
            ? new((day.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond)
            : throw place.Error($"{JsonPlace.Quote(place.Text(10))} is no day", "Write it like 2026-09-15");

    /// <summary>Hours of the day, or "never" where an intersection is not to follow the others.</summary>
    private static NightFlash? Night(JsonPlace place)
    {
        if (place.Value.ValueKind != JsonValueKind.Object)
            return place.Text(LongestName) == "never" ? null : throw place.Error("it is neither hours nor never", "Write { \"from\": \"01:00\", \"to\": \"05:00\" }, or \"never\"");
        var hours = place.Members("from", "to");
        var night = new NightFlash(Clock(hours.Required("from")), Clock(hours.Required("to")));
        return night.FromSecond != night.ToSecond ? night : throw place.Error("it begins when it ends", "Give two times of day");
    }

    private static int Clock(JsonPlace place) =>
        TimeOnly.TryParseExact(place.Text(LongestName), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (int)(time.Ticks / TimeSpan.TicksPerSecond)
            : throw place.Error($"{JsonPlace.Quote(place.Text(LongestName))} is no time of day", "Write it like 01:00, as the clocks of Almaty show it");

    private static SignalProfile Profile(JsonPlace place)
    {
        if (place.Value.ValueKind == JsonValueKind.Object) return OwnProfile(place);
        return place.Text(LongestName) switch
        {
            "programme" => SignalProfile.OfProgramme,
            "kz" => SignalProfile.Kz,
            var other => throw place.Error($"there is no profile {JsonPlace.Quote(other)}", "Use programme, kz or an object with seconds of your own"),
        };
    }

    /// <summary>Seconds that differ from those of kz.</summary>
    private static SignalProfile OwnProfile(JsonPlace place)
    {
        var kz = SignalProfile.Kz;
        var own = place.Members("flashingGreen", "pedestrianFlashingGreen", "redAmber", "amber", "leastGreen", "countdown", "allRedExtension");
        var profile = new SignalProfile(
            own.Optional("flashingGreen")?.Whole(0, 6) ?? kz.FlashingGreenSeconds,
            own.Optional("pedestrianFlashingGreen")?.Whole(0, 10) ?? kz.PedestrianFlashingGreenSeconds,
            own.Optional("redAmber")?.Whole(0, 3) ?? kz.RedAmberSeconds,
            own.Optional("amber")?.Whole(3, 6) ?? kz.AmberSeconds,
            own.Optional("leastGreen")?.Whole(5, 60) ?? kz.LeastGreenSeconds,
            kz.ComputesIntergreens,
            own.Optional("countdown")?.Whole(0, LongestCountdown) ?? kz.CountdownSeconds)
        {
            AllRedExtensionSeconds = own.Optional("allRedExtension")?.Whole(0, IntersectionSignals.MostAllRedExtension) ?? kz.AllRedExtensionSeconds,
        };
        if (profile is { CountdownSeconds: > 0, AllRedExtensionSeconds: > 0 })
            throw place.Error("a board that counts a red down cannot know by how much all red will be lengthened", "Leave countdown or allRedExtension out, or say 0");
        return profile;
    }

    private static CorridorPart Corridor(JsonPlace place)
    {
        var corridor = place.Members("id", "names", "intersections");
        var ids = corridor.Required("intersections").Items(2, MostIntersections);
        var part = new CorridorPart(
            place.Where, corridor.Required("id").Text(LongestName), NamesOf(corridor.Optional("names")), [.. ids.Select(id => new IntersectionId(id.Text(LongestName)))]);
        Distinct([.. part.Intersections.Select((id, i) => (Id: id.Value, ids[i].Where))], stop => stop.Id, stop => stop.Where);
        return part;
    }

    private static IntersectionPart Intersection(JsonPlace place, SignalProfile profile, NightFlash? night)
    {
        var part = place.Members("id", "names", "status", "provenance", "profile", "nightFlash", "maximumRed", "groups", "intergreens");
        var groups = List(part.Optional("groups"), MostPerIntersection, Group);
        var intergreens = List(part.Optional("intergreens"), MostPerIntersection, Intergreen);
        Distinct(groups, g => $"{g.Links[0]}", g => $"{g.Where}.links");
        Distinct([.. groups.Where(g => g.NemaPhase is not null)], g => $"{g.NemaPhase}", g => $"{g.Where}.nemaPhase");
        Distinct([.. groups.Where(g => g.Channel is not null)], g => $"{g.Channel}", g => $"{g.Where}.channel");
        Distinct(intergreens, i => $"{i.From} to {i.To}", i => i.Where);
        return new(
            place.Where,
            new(part.Required("id").Text(LongestName)),
            NamesOf(part.Optional("names")),
            part.Optional("profile") is { } own ? Profile(own) : profile,
            part.Optional("maximumRed")?.Whole(30, 600),
            groups,
            intergreens)
        {
            Status = part.Optional("status") is { } status ? Status(status) : LightStatus.Unsaid,
            Provenance = part.Optional("provenance")?.Text(LongestProvenance) ?? "",
            Night = part.Optional("nightFlash") is { } hours ? Night(hours) : night,
        };
    }

    private static LightStatus Status(JsonPlace place) => place.Text(LongestName) switch
    {
        "documented" => LightStatus.Documented,
        "inferred" => LightStatus.Inferred,
        "synthetic" => LightStatus.Synthetic,
        var other => throw place.Error($"there is no status {JsonPlace.Quote(other)}", "Use documented, inferred or synthetic"),
    };

    private static GroupPart Group(JsonPlace place)
    {
        var group = place.Members("links", "name", "lamp", "minimumGreen", "crossingWidth", "queueLimit", "nemaPhase", "channel");
        var links = group.Required("links").Items(1, MostLinks);
        var numbers = links.Select(link => link.Whole(0, MostLinks)).ToArray();
        Distinct([.. numbers.Select((number, i) => (Number: number, links[i].Where))], link => $"{link.Number}", link => link.Where);
        return new(
            place.Where,
            [.. numbers.Order()],
            group.Optional("name")?.Text(LongestName) ?? "",
            group.Optional("minimumGreen")?.Whole(1, 120),
            group.Optional("crossingWidth")?.Number(1, 80),
            group.Optional("nemaPhase")?.Whole(1, 16),
            group.Optional("channel")?.Whole(1, 64))
        {
            IsSection = group.Optional("lamp") is { } lamp && IsSection(lamp),
            QueueLimitMetres = group.Optional("queueLimit")?.Whole(GroupPart.LeastQueueLimit, GroupPart.MostQueueLimit),
        };
    }

    private static bool IsSection(JsonPlace place) => place.Text(LongestName) switch
    {
        "main" => false,
        "section" => true,
        var other => throw place.Error($"there is no lamp {JsonPlace.Quote(other)}", "Use main, or section for an additional section with an arrow"),
    };

    private static IntergreenPart Intergreen(JsonPlace place)
    {
        var intergreen = place.Members("from", "to", "seconds");
        return new(
            place.Where, intergreen.Required("from").Whole(0, MostLinks), intergreen.Required("to").Whole(0, MostLinks), intergreen.Required("seconds").Whole(1, 30));
    }

    private static Names NamesOf(JsonPlace? place)
    {
        if (place is not { } there) return Names.None;
        var names = there.Members("en", "ru", "kk");
        return new(names.Optional("en")?.Text(LongestName), names.Optional("ru")?.Text(LongestName), names.Optional("kk")?.Text(LongestName));
    }

    private static ImmutableArray<T> List<T>(JsonPlace? place, int most, Func<JsonPlace, T> read) =>
        place is { } there ? [.. there.Items(0, most).Select(read)] : [];

    private static void Distinct<T>(ImmutableArray<T> things, Func<T, string> key, Func<T, string> where)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var thing in things)
            if (!seen.Add(key(thing))) throw new SignalsException($"{where(thing)}: {JsonPlace.Quote(key(thing))} stands there twice. Leave one of them out.");
    }
}
