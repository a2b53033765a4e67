using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Field;

/// <summary>What a street behind a bus is told to do.</summary>
/// <param name="Keys">File of the controllers' keys.</param>
public sealed record StreetOrder(SimulationSettings Settings, MqttAddress Bus, string Keys, Pace Pace)
{
    /// <summary>Makes the connections to the broker.</summary>
    public MqttConnector Client { get; init; } = MosquittoLibrary.Client;

    /// <summary>File in which the controllers keep the highest epochs that they have obeyed; null to begin anew.</summary>
    public string? State { get; init; }

    /// <summary>Folder with a certificate and its key for each controller, by its name in the topics; null for those of the bus.</summary>
    public string? Certificates { get; init; }

    /// <summary>File for what the controllers know of each second; null for none.</summary>
    public string? Diary { get; init; }

    /// <summary>What is wrong with the controllers' wall clocks; null for nothing.</summary>
    public ClockFault? Clock { get; init; }

    /// <summary>Vehicles that will ask for priority.</summary>
    public ImmutableArray<(IntersectionId Intersection, PriorityAsk Ask)> Asks { get; init; } = [];

    /// <summary>The bus as one controller reaches it.</summary>
    public MqttAddress BusOf(IntersectionId intersection)
    {
        if (Certificates is null) return Bus;
        var file = Path.Combine(Certificates, EncodedId.Of(intersection.Value));
        return Bus with { Certificate = $"{file}.crt", Key = $"{file}.key" };
    }

    /// <summary>From <c>SECONDS[@SECOND]</c>.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static ClockFault? ReadClock(string? text)
    {
        if (text is null) return null;
        if (text.Split('@') is [var ahead, .. var from] && from.Length <= 1 && TryInt(ahead, out var seconds) && Math.Abs(seconds) <= 86_400)
        {
            if (from.Length == 0) return new(TimeSpan.FromSeconds(seconds), 0);
            if (TryInt(from[0], out var second) && second >= 0) return new(TimeSpan.FromSeconds(seconds), second);
        }

        throw new InputException($"--clock-ahead '{text}': give seconds, at most a day, and the street second from which on: 30 or 30@400.");
    }

    /// <summary>From <c>SECOND:GROUP:ARRIVES:INTERSECTION</c>: an emergency vehicle.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static (IntersectionId Intersection, PriorityAsk Ask) ReadAsk(string text) =>
        text.Split(':', 4) is [var second, var group, var arrives, { Length: > 0 } intersection] && TryAsk(second, group, arrives, ObjectClass.Emergency) is { } ask
            ? (new(intersection), ask)
            : throw new InputException(
                $"--ask '{text}': give the street second, the group, the seconds to the arrival and the intersection, such as 300:2:20:centre.");

    /// <summary>From <c>SECOND:GROUP:ARRIVES:PERSONS:LATE:INTERSECTION</c>: a bus.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static (IntersectionId Intersection, PriorityAsk Ask) ReadBusAsk(string text) =>
        text.Split(':', 6) is [var second, var group, var arrives, var persons, var late, { Length: > 0 } intersection]
        && TryAsk(second, group, arrives, ObjectClass.Bus) is { } ask && BusLoad.TryRead(persons, late) is { } load
            ? (new(intersection), ask with { Vehicle = ask.Vehicle with { Persons = load.Persons, LateSeconds = load.LateSeconds } })
            : throw new InputException(
                $"--ask-bus '{text}': give the street second, the group, the seconds to the arrival, the persons aboard, the seconds it is late and the intersection, such as 300:2:20:45:120:centre.");

    private static PriorityAsk? TryAsk(string second, string group, string arrives, ObjectClass by) =>
        TryInt(second, out var at) && TryInt(group, out var wanted) && TryInt(arrives, out var after) && at >= 0 && wanted is >= 1 and <= WireLimits.Groups && after is >= 0 and <= WireLimits.LeaseSeconds
            ? new(at, new((uint)wanted, by, (uint)after))
            : null;

    private static bool TryInt(string text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
