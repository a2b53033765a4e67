using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>Who waits, as detectors know it. The default value says that no group has a healthy detector.</summary>
/// <param name="Since">Per group the street second of its first call that no green has served yet, or <see cref="FromRed"/>, or
/// <see cref="Nobody"/>. A call from before the red began counts from then. The maximum red runs from there.</param>
public readonly record struct Calls(ImmutableArray<long> Since)
{
    /// <summary>The group has no healthy detector: somebody waits from the first second of red.</summary>
    public const long FromRed = long.MinValue;

    /// <summary>The group's detector is healthy, and nobody waits.</summary>
    public const long Nobody = long.MaxValue;

    internal long Of(int group) => Since.IsDefault ? FromRed : Since[group];

    /// <exception cref="ArgumentException">There are not as many entries as groups.</exception>
    internal void Check(int groups)
    {
        if (!Since.IsDefault && Since.Length != groups)
            throw new ArgumentException($"{Since.Length} calls for {groups} groups. Give one per group, or none at all.");
    }
}
