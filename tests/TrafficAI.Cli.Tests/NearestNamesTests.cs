namespace TrafficAI.Cli.Tests;

public sealed class NearestNamesTests
{
    private static readonly string[] Names = ["north", "centre", "Abay_Furmanov", "Abay_Dostyk", "south"];

    [Theory]
    [InlineData("center", "centre")]
    [InlineData("NORT", "north")]
    [InlineData("abay", "Abay_Furmanov", "Abay_Dostyk")]
    [InlineData("", "north", "south")]
    public void The_nearest_come_first(string given, params string[] nearest) => Assert.Equal(nearest.Order(), NearestNames.Of(given, Names, nearest.Length).Order());
}
