using System.Diagnostics;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Sumo.Tests;

/// <summary>Whatever goes wrong outside ends in one line, soon, and leaves nothing behind.</summary>
public sealed class EngineErrorTests
{
    [Fact]
    public void Killed_SUMO_is_told_within_seconds_with_second_and_exit_code()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        using var engine = new SumoEngine(street.Options(Sensing.Full, 1));
        for (var i = 0; i < 20; i++)
            engine.Step();
        using (var sumo = Process.GetProcessById(engine.ProcessId!.Value))
            sumo.Kill();
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<EngineException>(() => Steps(engine, 5));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
        AssertOneLine(error.Message, "second 2", "exit code 137");
        Assert.Equal(error.Message, Assert.Throws<EngineException>(engine.Step).Message);
    }

    [Fact]
    public void SUMO_that_stops_answering_is_not_waited_for_for_ever()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        using var engine = new SumoEngine(street.Options(Sensing.Full, 1) with { Patience = TimeSpan.FromSeconds(2) });
        Steps(engine, 5);
        var id = engine.ProcessId!.Value;
        street.Run("kill", "-STOP", $"{id}");
        AssertOneLine(Assert.Throws<EngineException>(engine.Step).Message, "second 5", "no answer for 2 s", "still runs");
        engine.Dispose();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public void A_missing_program_says_how_to_install_it()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var error = Assert.Throws<EngineException>(() => new SumoEngine(street.Options(Sensing.Full, 1) with { Binary = "/nowhere/sumo" }));
        AssertOneLine(error.Message, "/nowhere/sumo", "apt-get install sumo", "SUMO_BINARY");
    }

    [Fact]
    public void A_program_that_is_not_SUMO_is_told()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var error = Assert.Throws<EngineException>(() => new SumoEngine(street.Options(Sensing.Full, 1) with { Binary = "/bin/false" }));
        AssertOneLine(error.Message, "exit code 1", "street.sumocfg");
    }

    [Fact]
    public void A_broken_file_shows_SUMOs_own_first_error()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var options = street.Options(Sensing.Full, 1);
        File.WriteAllText(street.File("street.rou.xml"), "<routes><vehicle id='x' depart='1'></routes>");
        AssertOneLine(Assert.Throws<EngineException>(() => new SumoEngine(options)).Message, "street.sumocfg", "Error: ", "street.rou.xml");
    }

    [Fact]
    public void An_unknown_edge_found_in_the_middle_of_a_run_shows_SUMOs_own_error()
    {
        using var street = TestStreet.Grid(900, 2, 2);
        var routes = File.ReadAllText(street.File("street.rou.xml"));
        File.WriteAllText(street.File("street.rou.xml"),
            routes.Replace("</routes>", "<vehicle id='x' depart='899'><route edges='nowhere'/></vehicle></routes>", StringComparison.Ordinal));
        using var engine = new SumoEngine(street.Options(Sensing.Full, 1));
        AssertOneLine(Assert.Throws<EngineException>(() => Steps(engine, 900)).Message, "nowhere", "exit code 1", "second ");
    }

    [Fact]
    public void Dispose_ends_the_process_and_removes_the_temporary_files()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var engine = new SumoEngine(street.Options(Sensing.Full, 1));
        Steps(engine, 3);
        var id = engine.ProcessId!.Value;
        var folder = engine.TemporaryFolder;
        Assert.True(Directory.Exists(folder));
        engine.Dispose();
        engine.Dispose();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Letters_of_the_wrong_number_are_refused()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        using var engine = new SumoEngine(street.Options(Sensing.Full, 1));
        Assert.Throws<ArgumentException>(() => engine.Show(0, "r"));
    }

    private static void Steps(SumoEngine engine, int count)
    {
        for (var i = 0; i < count; i++)
            engine.Step();
    }

    private static void AssertOneLine(string message, params string[] parts)
    {
        Assert.DoesNotContain('\n', message);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
