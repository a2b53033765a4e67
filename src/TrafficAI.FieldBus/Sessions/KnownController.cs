using System.Collections.Immutable;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>What a server knows of a controller from before its own start.</summary>
/// <param name="Boots">The boots heard, oldest first.</param>
/// <param name="LastSecond">The newest street second of any frame; null for none.</param>
public sealed record KnownController(ImmutableArray<KnownBoot> Boots, long? LastSecond)
{
    public static readonly KnownController None = new([], null);
}

/// <summary>How the count of a boot stands to the street seconds.</summary>
/// <param name="Anchor">The street second that sequence 0 would have.</param>
public readonly record struct KnownBoot(ulong Boot, long Anchor);
