using TrafficAI.Network;

namespace TrafficAI.FieldBus;

/// <summary>Where a message travels: <c>tai/v1/{city}/{intersection}/up|down/{kind}</c>.</summary>
/// <param name="City">As in the topic; the id of the intersection is encoded by <see cref="EncodedId"/>.</param>
public readonly record struct Topic(string City, IntersectionId Intersection, MessageKind Kind)
{
    private const string Root = "tai/v1";

    public override string ToString() => $"{Root}/{City}/{EncodedId.Of(Intersection.Value)}/{Kind.TopicEnd()}";

    /// <summary>What a server subscribes to for one kind: every intersection of the city.</summary>
    public static string OfAll(string city, MessageKind kind) => $"{Root}/{city}/+/{kind.TopicEnd()}";

    public static bool TryRead(string text, out Topic topic)
    {
        topic = default;
        if (text.Split('/') is not ["tai", "v1", { Length: > 0 } city, var name, var direction, var word]) return false;
        if (!EncodedId.TryRead(name, out var id) || !MessageKinds.TryRead(direction, word, out var kind)) return false;
        topic = new(city, new(id), kind);
        return true;
    }
}
