using TrafficAI.FieldBus;
using TrafficAI.Network;

namespace TrafficAI.Runtime;

/// <summary>Names of the streams of a log.</summary>
public static class StreamNames
{
    /// <summary>How the run was started, the network file and signals.json themselves.</summary>
    public const string Site = "site";

    public static string Inputs(IntersectionId id) => "inputs-" + Encode(id.Value);

    public static string Intersection(IntersectionId id) => "intersection-" + Encode(id.Value);

    /// <summary>What a server noticed in its sessions with the controller.</summary>
    public static string Session(IntersectionId id) => "session-" + Encode(id.Value);

    /// <summary>What a person has done.</summary>
    public static string Operator(string user) => OperatorBegin + Encode(user);

    /// <summary>How the names of those streams begin.</summary>
    public const string OperatorBegin = "operator-";

    /// <summary>Every byte of the UTF-8 text outside <c>[A-Za-z0-9_.-]</c> becomes %XX, so that the name fits any store and topic.</summary>
    public static string Encode(string id) => EncodedId.Of(id);
}
