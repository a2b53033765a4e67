using FsCheck;
using FsCheck.Fluent;

namespace TrafficAI.Runtime.Tests;

public sealed class SitePartTests
{
    [Fact]
    public void Each_intersection_is_in_one_part_and_parts_differ_by_one_at_most() =>
        Prop.ForAll<PositiveInt, PositiveInt>((intersections, some) =>
        {
            var (count, parts) = (intersections.Get, Math.Min(some.Get, intersections.Get));
            var numbers = Enumerable.Range(0, count).Select(index => SitePart.NumberOf(index, count, parts)).ToList();
            var sizes = numbers.GroupBy(number => number).Select(part => part.Count()).ToList();
            return numbers.SequenceEqual(numbers.Order()) && numbers[0] == 0 && sizes.Count == parts && sizes.Max() - sizes.Min() <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_part_has_its_intersections()
    {
        var site = ScriptedStreet.FourArm;
        Assert.True(new SitePart(0, 1).Has(site, site.Models[0]));
        Assert.Equal("part 2 of 8", new SitePart(1, 8).ToString());
    }
}
