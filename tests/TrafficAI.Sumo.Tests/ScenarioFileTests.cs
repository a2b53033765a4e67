using System.IO.Compression;
using TrafficAI.Network;

namespace TrafficAI.Sumo.Tests;

public sealed class ScenarioFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Reads_paths_window_and_the_bytes_of_the_network()
    {
        Write("net/n.net.xml", "<net/>");
        Write("r1.rou.xml", "<routes/>");
        Write("r2.rou.xml", "<routes/>");
        Write("a.add.xml", "<additional/>");
        var file = Configure("<net-file value='net/n.net.xml'/><route-files value='r1.rou.xml, r2.rou.xml'/><additional-files value='a.add.xml'/>",
            "<begin value='07:00:00'/><end value='28800.00'/><step-length value='1.0'/>");
        var scenario = ScenarioFile.Read(file);
        Assert.Equal((25200L, 28800L, "s"), (scenario.Begin, scenario.End, scenario.Name));
        Assert.Equal([In("r1.rou.xml"), In("r2.rou.xml")], scenario.RouteFiles);
        Assert.Equal([In("a.add.xml")], scenario.AdditionalFiles);
        Assert.Equal("<net/>"u8.ToArray(), scenario.NetBytes.ToArray());
        Assert.Null(scenario.EndNote);
        Assert.Equal(scenario.NetFile, ScenarioFile.Read(folder).NetFile);
        Assert.Equal((26000L, 27000L), ScenarioFile.Read(folder, 26000, 27000) is var part ? (part.Begin, part.End) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Programmes_of_additional_files_follow_those_of_the_network(bool gzip)
    {
        using var street = TestStreet.Grid(10, 1);
        var own = street.Network.Intersections[0];
        var evening = own.Program.States[0].Letters.Replace('G', 'r');
        File.WriteAllText(street.File("tl.add.xml"),
            $"<additional><tlLogic id='{own.Id}' programID='evening' type='static' offset='4'><phase duration='9' state='{evening}'/></tlLogic></additional>");
        if (gzip)
        {
            var bytes = File.ReadAllBytes(street.File("street.net.xml"));
            using var packed = new GZipStream(File.Create(street.File("street.net.xml")), CompressionLevel.Fastest);
            packed.Write(bytes);
        }
        street.Configure(additional: "tl.add.xml");
        var program = street.Network.Intersections[0].Program;
        Assert.Equal(("evening", 4000, evening), (program.ProgramId, program.OffsetMilliseconds, Assert.Single(program.States).Letters));
    }

    [Fact]
    public void What_would_change_the_street_without_us_is_refused_in_one_line()
    {
        Write("n.net.xml", "<net/>");
        Write("a.add.xml", "<additional><tlLogic id='c' programID='0' offset='5'/></additional>");
        AssertRefused(Configure("<net-file value='n.net.xml'/><additional-files value='a.add.xml'/>", "<end value='9'/>"), "offset", "netconvert");
        AssertRefused(Configure("<net-file value='n.net.xml'/>", "<end value='9'/><scale value='1.5'/>"), "--scale 1.5");
    }

    [Fact]
    public void Without_an_end_the_run_lasts_an_hour_after_the_last_departure_and_says_so()
    {
        Write("n.net.xml", "<net/>");
        using (var gzip = new GZipStream(File.Create(In("r.rou.xml.gz")), CompressionLevel.Fastest))
            gzip.Write("<routes><trip id='a' depart='0:10:00.5'/><trip id='b' depart='50'/></routes>"u8);
        var scenario = ScenarioFile.Read(Configure("<net-file value='n.net.xml'/><route-files value='r.rou.xml.gz'/>", ""));
        Assert.Equal(601 + 3600, scenario.End);
        Assert.Contains("--end", scenario.EndNote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_without_an_end_needs_an_end_from_the_user()
    {
        Write("n.net.xml", "<net/>");
        Write("r.rou.xml", "<routes><flow id='f' begin='0' period='3'/></routes>");
        var file = Configure("<net-file value='n.net.xml'/><route-files value='r.rou.xml'/>", "");
        AssertRefused(file, "names no end", "--end");
        Assert.Equal(100, ScenarioFile.Read(file, end: 100).End);
    }

    [Theory]
    [InlineData("<begin value='0'/><end value='10'/><step-length value='0.5'/>", "step-length is 0.5 s")]
    [InlineData("<begin value='10'/><end value='10'/>", "window from 10 s to 10 s is empty")]
    [InlineData("<begin value='soon'/><end value='10'/>", "begin 'soon' is not a whole second")]
    [InlineData("<begin value='0.5'/><end value='10'/>", "begin '0.5' is not a whole second")]
    public void A_time_that_cannot_be_used_is_refused_in_one_line(string time, string part)
    {
        Write("n.net.xml", "<net/>");
        AssertRefused(Configure("<net-file value='n.net.xml'/>", time), part);
    }

    [Fact]
    public void Of_several_in_a_folder_the_one_of_its_name_is_meant()
    {
        Write("variant.sumocfg", "<configuration/>");
        Write("n.net.xml", "<net/>");
        var namesake = Write($"{Path.GetFileName(folder)}.sumocfg", "<configuration><input><net-file value='n.net.xml'/></input><time><end value='10'/></time></configuration>");

        Assert.Equal(namesake, ScenarioFile.Read(folder).Path);
        Assert.Equal(namesake, ScenarioFile.Read(folder + Path.DirectorySeparatorChar).Path);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        AssertRefused(In("none.sumocfg"), "there is no such file or folder");
        AssertRefused(folder, "holds no .sumocfg");
        AssertRefused(Configure("", "<end value='10'/>"), "names no network");
        AssertRefused(Configure("<net-file value='gone.net.xml'/>", "<end value='10'/>"), "net-file 'gone.net.xml' does not exist");
        Write("t.sumocfg", "<configuration/>");
        AssertRefused(folder, "holds 2 .sumocfg files");
        Write("t.sumocfg", "<configuration>");
        AssertRefused(In("t.sumocfg"), "Repair the file");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 25200.5 ", 25200.5)]
    [InlineData("-1", -1)]
    [InlineData("07:00:00", 25200)]
    [InlineData("1:07:00:01.5", 111601.5)]
    [InlineData("-0:00:05", -5)]
    public void Times_are_seconds_or_hours_and_days(string text, double seconds)
    {
        Assert.True(SumoTime.TryParse(text, out var value));
        Assert.Equal(seconds, value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7:00")]
    [InlineData("triggered")]
    [InlineData("NaN")]
    [InlineData("1:2:3:4:5")]
    public void Other_words_are_no_times(string? text) => Assert.False(SumoTime.TryParse(text, out _));

    private string Configure(string input, string time) => Write("s.sumocfg", $"<configuration><input>{input}</input><time>{time}</time></configuration>");

    private string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
        return In(name);
    }

    private string In(string name) => Path.Combine(folder, name);

    private static void AssertRefused(string path, params string[] parts)
    {
        var message = Assert.Throws<ScenarioException>(() => ScenarioFile.Read(path)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
