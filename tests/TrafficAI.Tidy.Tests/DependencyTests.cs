using System.Text.Json;
using System.Xml.Linq;

namespace TrafficAI.Tidy.Tests;

/// <summary>Network ← Signals ← {Optimisation, Simulation, Measures} ← shell ← {Cli, Server}.</summary>
public sealed class DependencyTests
{
    private static readonly string[] JoinShells = ["Cli", "Server"];

    public static TheoryData<string> Core => [.. Repository.Core];

    public static TheoryData<string> Shells => [.. Repository.ProjectsIn("src").Except(Repository.Core).Except(Repository.Adapters)];

    public static TheoryData<string> Adapters => [.. Repository.Adapters];

    [Theory, MemberData(nameof(Core))]
    public void Core_references_core_downwards_only(string project)
    {
        string[] allowed = project switch { "Network" => [], "Signals" => ["Network"], _ => ["Network", "Signals"] };
        Assert.Empty(Repository.References(project).Except(allowed));
    }

    [Theory, MemberData(nameof(Shells))]
    public void Shell_references_core_and_only_those_that_join_reference_shell(string project)
    {
        if (JoinShells.Contains(project)) return;
        string[] shells = project == "Runtime" ? ["EventLog", "FieldBus", "Metrics"] : [];
        Assert.Empty(Repository.References(project).Except(Repository.Core).Except(shells));
    }

    /// <summary>Which port an adapter fits is all that it knows; its package is referenced only where it is switched on.</summary>
    [Theory, MemberData(nameof(Adapters))]
    public void An_adapter_references_its_port_and_only_what_joins_the_shells_references_it(string project)
    {
        Assert.Contains(Assert.Single(Repository.References(project)), (string[])["EventLog", "FieldBus", "Metrics", "Runtime"]);
        Assert.All(
            Repository.ProjectFile(project).Descendants("ItemGroup"), group => Assert.Equal($"'$(With{project})' == 'true'", group.Attribute("Condition")?.Value));
        Assert.Equal(["Cli"], Repository.ProjectsIn("src").Where(other => Repository.References(other).Contains(project)));
    }

    [Fact]
    public void Nobody_references_what_joins_the_shells_but_the_command_the_server() =>
        Assert.DoesNotContain(Repository.ProjectsIn("src"), project => Repository.References(project).Intersect(JoinShells).Any(joined => (project, joined) != ("Cli", "Server")));

    [Fact]
    public void There_is_no_common_project() =>
        Assert.DoesNotContain(Repository.ProjectsIn("src"), project => project is "Common" or "Core" or "Shared" or "Utils");

    [Theory, MemberData(nameof(Core))]
    public async Task Core_needs_no_package_but_the_analyser_and_the_numerics(string project)
    {
        var items = await EvaluateAsync(project);
        var packages = Names(items, "PackageReference");
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", packages);
        Assert.Empty(packages.Except(["Microsoft.CodeAnalysis.BannedApiAnalyzers", "MathNet.Numerics"]));
        Assert.Contains("BannedSymbols.txt", Names(items, "AdditionalFiles").Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void Package_versions_are_central()
    {
        var files = Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.PathOf("tests"), "*.csproj", SearchOption.AllDirectories))
            .Append(Repository.PathOf("Directory.Build.props"));
        foreach (var file in files)
            Assert.DoesNotContain(
                XDocument.Load(file).Descendants("PackageReference"),
                package => package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null || package.HasElements);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("TrafficAI.sln"));
        foreach (var folder in (string[])["src", "src/adapters", "tests"])
            foreach (var project in Directory.EnumerateDirectories(Repository.PathOf(folder), "TrafficAI.*").Select(path => Path.GetFileName(path)))
                Assert.Contains($"{folder.Replace('/', '\\')}\\{project}\\{project}.csproj", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_mirror_the_sources()
    {
        var known = Repository.ProjectsIn("src").Concat(["Dashboard", "EndToEnd", "Replay", "Tidy"]).Select(name => $"{name}.Tests").Append("Benchmarks").Append("EventLog.Writer").Append("Fuzz");
        Assert.Empty(Repository.ProjectsIn("tests").Except(known));
    }

    /// <summary>What MSBuild makes of the project file with all that it imports.</summary>
    private static async Task<JsonElement> EvaluateAsync(string project)
    {
        var evaluation = await Shell.RunAsync(Repository.PathOf($"src/TrafficAI.{project}"), "dotnet", "msbuild",
            $"TrafficAI.{project}.csproj", "-getItem:PackageReference", "-getItem:AdditionalFiles");
        Assert.True(evaluation.ExitCode == 0, evaluation.Output);
        return JsonDocument.Parse(evaluation.Output).RootElement.GetProperty("Items");
    }

    private static IReadOnlyList<string> Names(JsonElement items, string kind) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
}
