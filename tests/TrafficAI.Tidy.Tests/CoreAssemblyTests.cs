using System.Globalization;
using System.Numerics;

namespace TrafficAI.Tidy.Tests;

public sealed class CoreAssemblyTests
{
    public static TheoryData<string> Core => [.. Repository.Core];

    [Theory, MemberData(nameof(Core))]
    public void Core_uses_nothing_that_differs_between_runs_or_machines(string project) =>
        Assert.Empty(BannedMembers.In(MemberScanner.Scan(AssemblyOf($"TrafficAI.{project}"))));

    /// <summary>This very assembly holds <see cref="Offender"/>: the scanner must find all that it does.</summary>
    [Theory]
    [InlineData("System.DateTime.get_Now")]
    [InlineData("System.DateTimeOffset.get_UtcNow")]
    [InlineData("System.Diagnostics.Stopwatch")]
    [InlineData("System.Random")]
    [InlineData("System.Guid.NewGuid")]
    [InlineData("System.Math.Exp")]
    [InlineData("System.Math.Pow")]
    [InlineData("System.Double.Sin")]
    [InlineData("System.Math.FusedMultiplyAdd")]
    [InlineData("System.Globalization.CultureInfo.get_CurrentCulture")]
    [InlineData("System.String.GetHashCode")]
    [InlineData("System.Collections.Generic.Dictionary`2.GetEnumerator")]
    [InlineData("System.Collections.Generic.Dictionary`2.get_Values")]
    [InlineData("System.Collections.Generic.HashSet`1.GetEnumerator")]
    [InlineData("System.Numerics.Vector`1")]
    [InlineData("System.IO.File.ReadAllText")]
    [InlineData("System.Threading.Tasks.Task.Run")]
    [InlineData("System.Threading.Thread")]
    public void The_scanner_finds_what_is_banned(string member) =>
        Assert.Contains(member, BannedMembers.In(MemberScanner.Scan(AssemblyOf("TrafficAI.Tidy.Tests"))));

    [Theory]
    [InlineData("System.Math.Sqrt")]
    [InlineData("System.Math.Max")]
    [InlineData("System.DateTime.AddSeconds")]
    [InlineData("System.Collections.Generic.Dictionary`2.TryGetValue")]
    [InlineData("System.IO.Stream.Read")]
    [InlineData("System.Numerics.Vector4")]
    public void The_scanner_lets_the_rest_pass(string member) => Assert.Empty(BannedMembers.In([member]));

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("T:System.Diagnostics.Stopwatch")]
    [InlineData("T:System.Random")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("P:System.Globalization.CultureInfo.CurrentCulture")]
    [InlineData("M:System.Math.Exp(System.Double)")]
    [InlineData("M:System.Math.Pow(System.Double,System.Double)")]
    [InlineData("M:System.Double.Exp(System.Double)")]
    [InlineData("M:System.Math.FusedMultiplyAdd(System.Double,System.Double,System.Double)")]
    [InlineData("M:System.String.GetHashCode")]
    [InlineData("T:System.HashCode")]
    [InlineData("T:System.Numerics.Vector`1")]
    public void The_analyser_bans_it_too(string symbol) =>
        Assert.Contains(symbol, File.ReadLines(Repository.PathOf("src/BannedSymbols.txt")).Select(line => line.Split(';')[0]));

    private static string AssemblyOf(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");

    /// <summary>Never called. Breaks each rule of the core once.</summary>
    internal static class Offender
    {
        public static object Offend(Dictionary<string, int> counts, HashSet<string> names)
        {
            var found = new List<object> { DateTime.Now, DateTimeOffset.UtcNow, System.Diagnostics.Stopwatch.GetTimestamp() };
            found.AddRange([Random.Shared, Guid.NewGuid(), Math.Exp(found.Count), Math.Pow(found.Count, 2), double.Sin(found.Count)]);
            found.AddRange([Math.FusedMultiplyAdd(1, 2, found.Count), CultureInfo.CurrentCulture, string.Concat(names).GetHashCode(StringComparison.Ordinal)]);
            foreach (var pair in counts) found.Add(pair);
            foreach (var value in counts.Values) found.Add(value);
            foreach (var name in names) found.Add(name);
            found.AddRange([Vector<double>.Zero, File.ReadAllText("a"), Task.Run(() => 1), Thread.CurrentThread]);
            return found;
        }
    }
}
