using System.Xml.Linq;
using TrafficAI.Signals;

namespace TrafficAI.Sumo.Tests;

/// <summary>A run through us is the run that SUMO itself would make.</summary>
public sealed class EngineFidelityTests
{
    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void Untouched_lights_give_the_trip_file_of_a_native_run(Sensing sensing)
    {
        using var street = TestStreet.Grid(300, 0.35);
        street.RunNative(3, "native.xml");
        using (var engine = new SumoEngine(street.Options(sensing, 3, "ours.xml")))
        {
            while (!engine.Finished)
                engine.Step();
        }
        Assert.Equal(Trips(street.File("native.xml")), Trips(street.File("ours.xml")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_files_programme_shown_letter_by_letter_gives_the_trip_file_of_a_native_run(int seed)
    {
        using var street = TestStreet.Grid(400, 0.7);
        var network = street.Network;
        street.RunNative(seed, "native.xml");
        using (var engine = new SumoEngine(street.Options(Sensing.Full, seed, "ours.xml")))
        {
            while (!engine.Finished)
            {
                ProgramDriver.Show(engine, network);
                engine.Step();
            }
        }
        Assert.Equal(Trips(street.File("native.xml")), Trips(street.File("ours.xml")));
        Assert.True(Trips(street.File("ours.xml")).Count > 500);
    }

    [Fact]
    public void Letters_act_from_the_very_second_at_which_they_are_shown()
    {
        using var street = TestStreet.Grid(60, 2);
        var network = street.Network;
        var intersection = network.Intersections[4];
        File.WriteAllText(street.File("tls.add.xml"), $"<additional><timedEvent type='SaveTLSStates' source='{intersection.Id}' dest='tls.xml'/></additional>");
        street.Configure(additional: "tls.add.xml");
        var shown = new List<string>();
        using (var engine = new SumoEngine(street.Options(Sensing.Full, 1)))
        {
            while (!engine.Finished)
            {
                var letters = new string(engine.Second % 3 == 0 ? 'r' : 'G', intersection.Links.Length);
                engine.Show(intersection.Index, letters);
                shown.Add(letters);
                engine.Step();
            }
        }
        var recorded = XDocument.Load(street.File("tls.xml")).Root!.Elements("tlsState").Select(e => e.Attribute("state")!.Value);
        Assert.Equal(shown, recorded);
    }

    [Fact]
    public void Options_of_the_scenario_do_not_change_name_or_form_of_the_trip_file()
    {
        using var street = TestStreet.Grid(20, 0.8);
        street.Configure(output: "<output-prefix value='P_'/><human-readable-time value='true'/>");
        using (var engine = new SumoEngine(street.Options(Sensing.Full, 1, "trips.xml")))
        {
            while (!engine.Finished)
                engine.Step();
        }
        Assert.InRange(TripFile.Score(street.File("trips.xml"), street.Scenario, 0, 20).Scheduled, 20, 30);
    }

    [Fact]
    public void A_part_of_the_window_begins_and_ends_where_it_is_told()
    {
        using var street = TestStreet.Grid(200, 0.8);
        using var engine = new SumoEngine(street.Options(Sensing.Full, 1, "part.xml") with { Begin = 50, End = 120 });
        Assert.Equal(50, engine.Second);
        while (!engine.Finished)
            engine.Step();
        Assert.Equal(120, engine.Second);
        var score = TripFile.Score(street.File("part.xml"), engine.Scenario, 50, 120);
        Assert.InRange(score.Scheduled, 80, 95);
        Assert.Equal(engine.Vehicles.Running, score.Running);
        Assert.InRange(score.NeverInserted - engine.Vehicles.Waiting, 0, 2); // those of the last second are scheduled, but do not wait yet
        Assert.Throws<InvalidOperationException>(engine.Step);
    }

    private static List<string> Trips(string file) =>
        [.. XDocument.Load(file).Root!.Elements("tripinfo").Select(e => e.ToString()).Order(StringComparer.Ordinal)];
}
