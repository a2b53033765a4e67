using System.Globalization;
using TrafficAI.Optimisation;

namespace TrafficAI.Runtime;

/// <summary>One of the parts into which the intersections of a site are shared out, in the order of the network; each has a log of its own.</summary>
/// <param name="Number">0 to <paramref name="Of"/> − 1.</param>
/// <param name="Of">How many parts there are; at least 1.</param>
public readonly record struct SitePart(int Number, int Of)
{
    /// <summary>The part of an intersection.</summary>
    /// <param name="index">Of the intersection in the network.</param>
    /// <param name="count">How many intersections there are.</param>
    public static int NumberOf(int index, int count, int of) => (int)((long)index * of / count);

    /// <summary>Whether an intersection of the site is in it.</summary>
    public bool Has(Site site, IntersectionModel model) => NumberOf(model.Intersection.Index, site.Models.Length, Of) == Number;

    /// <summary>Counted from 1, as people do.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"part {Number + 1} of {Of}");
}
