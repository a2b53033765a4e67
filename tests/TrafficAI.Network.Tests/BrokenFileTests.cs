using System.Text;

namespace TrafficAI.Network.Tests;

public class BrokenFileTests
{
    private const string West = "<lane id=\"west_0\" index=\"0\" speed=\"13.90\" length=\"355.30\"";
    private const string Straight =
        "<connection from=\"near\" to=\"east\" fromLane=\"1\" toLane=\"1\" via=\":J_3_0\" tl=\"J\" linkIndex=\"3\" dir=\"s\"";
    private const string Row1 = "<request index=\"1\" response=\"11000\" foes=\"11000\"";
    private const string FirstPhase = "<phase duration=\"42\" state=\"GgrrG\"";

    /// <summary>A piece of a good file, what replaces it, what the error says, and its advice.</summary>
    public static readonly TheoryData<string, string, string, string> Edits = new()
    {
        // Numbers.
        { West, West.Replace("355.30", "-1"), "length '-1' is negative", "Correct it" },
        { West, West.Replace("355.30", "0.00"), "length '0.00' is not more than 0", "Correct it" },
        { West, West.Replace("355.30", "NaN"), "length 'NaN' is no number", "Correct it" },
        { West, West.Replace("355.30", "1e999"), "length '1e999' is no number", "Correct it" },
        { West, West.Replace("355.30", "1e12"), "length '1e12' is too large", "Correct it" },
        { West, West.Replace("355.30", "355,3"), "length '355,3' is no number", "Correct it" },
        { West, West.Replace("13.90", "0"), "speed '0' is not more than 0", "Correct it" },
        { West, West.Replace("index=\"0\"", "index=\"zero\""), "index 'zero' is no whole number", "Correct it" },
        { West, West.Replace("index=\"0\"", "index=\"1\""), "lane 'west_0' has index 1, but is lane 0", "counting from 0" },
        { "width=\"4.00\"", "width=\"wide\"", "width 'wide' is no number", "Correct it" },
        { "shape=\"0.00,198.40 355.30,198.40\"", "shape=\"0.00,198.40\"", "fewer than two points", "Correct it" },
        { "shape=\"0.00,198.40 355.30,198.40\"", "shape=\"0.00 355.30\"", "shape '0.00' is no point", "Correct it" },
        { "<phase duration=\"42\"", "<phase duration=\"0\"", "duration '0' is not more than 0", "Correct it" },
        { "<phase duration=\"42\"", "<phase duration=\"9999999\"", "duration '9999999' is more seconds than fit", "Correct it" },

        // Missing and unknown words.
        { West, West.Replace(" length=\"355.30\"", ""), "<lane> has no attribute \"length\"", "netconvert" },
        { "<edge id=\"west\" from=\"W\"", "<edge id=\"west\"", "<edge> has no attribute \"from\"", "netconvert" },
        { Straight, Straight.Replace(" linkIndex=\"3\"", ""), "<connection> has no attribute \"linkIndex\"", "netconvert" },
        { Straight, Straight.Replace("dir=\"s\"", "dir=\"x\""), "dir 'x' is none of", "Correct it" },
        { "function=\"crossing\"", "function=\"bridge\"", "function 'bridge' is no function", "Correct it" },
        { "allow=\"all\"", "allow=\"horse\"", "lane 'near_0' names the vehicle class 'horse'", "netconvert" },
        { FirstPhase, FirstPhase.Replace("GgrrG", "GgrrX"), "has the letter 'X'", "Correct it" },
        { Row1 + " cont=\"1\"", Row1 + " cont=\"perhaps\"", "cont 'perhaps' is neither 0 nor 1", "Correct it" },
        { Row1, Row1 + " cont=\"0\"", "'cont' is a duplicate attribute", "Copy the file again" },

        // Names that lead nowhere.
        { "<edge id=\"west\" from=\"W\" to=\"M\"", "<edge id=\"west\" from=\"W\" to=\"Q\"", "junction 'Q' is not in the file", "Correct the name" },
        { Straight, Straight.Replace("to=\"east\"", "to=\"mars\""), "edge 'mars' is not in the file", "Correct the name" },
        { Straight, Straight.Replace("fromLane=\"1\"", "fromLane=\"7\""), "lane 7 of edge 'near' is not in the file", "Correct the name" },
        { Straight, Straight.Replace(":J_3_0", ":J_9_0"), "lane ':J_9_0' is not in the file", "Correct the name" },
        { Straight, Straight.Replace("tl=\"J\"", "tl=\"K\""), "light 'K' has no programme", "netconvert" },
        { "incLanes=\"west_0\"", "incLanes=\"west_5\"", "lane 'west_5' is not in the file", "Correct the name" },
        { "intLanes=\":M_0_0 :M_0_1\"", "intLanes=\":M_0_0 :M_0_7\"", "lane ':M_0_7' is not in the file", "Correct the name" },
        { "crossingEdges=\"south away\"", "crossingEdges=\"south stray\"", "edge 'stray' is not in the file", "Correct the name" },

        // Parts that do not fit one another.
        { West, West.Replace("west_0", "near_0"), "a second lane has the id 'near_0'", "Rename" },
        { "<edge id=\"west\"", "<edge id=\"near\"", "a second edge has the id 'near'", "Rename" },
        { "<junction id=\"W\"", "<junction id=\"S\"", "a second junction has the id 'S'", "Rename" },
        { "programID=\"day\"", "programID=\"night\"", "light 'J' has a second programme 'night'", "Rename" },
        { "<phase duration=\"90\" state=\"ooooo\"/>", "", "programme 'night' of light 'J' has no states", "Give it at least one" },
        { "state=\"yyrrr\"", "state=\"yyrr\"", "a state of light 'J' has 4 letters, but its first state has 5", "one letter per signal link" },
        { Straight, Straight.Replace("linkIndex=\"3\"", "linkIndex=\"5\""), "uses signal link 5", "for each link from 0 to 5" },
        { Straight, Straight.Replace("linkIndex=\"3\"", "linkIndex=\"-1\""), "has the signal link -1", "Number the links from 0" },
        { Row1, Row1.Replace("response=\"11000\"", "response=\"1100\""), "row 1 of junction 'J' is '1100', not 5 digits", "netconvert" },
        { Row1, Row1.Replace("foes=\"11000\"", "foes=\"11002\""), "row 1 of junction 'J' is '11002', not 5 digits", "netconvert" },
        { Row1, Row1.Replace("index=\"1\"", "index=\"2\""), "row 2 of junction 'J' is doubled", "each once" },
        { Row1, Row1.Replace("index=\"1\"", "index=\"5\""), "row 5 of junction 'J' is doubled or beyond its 5 <request> rows", "each once" },
        { "intLanes=\":M_0_0 :M_0_1\"", "intLanes=\":M_0_0\"", "junction 'M' has 1 internal lanes, but 2 <request> rows", "netconvert" },
        { "<edge id=\":M_0\" function", "<edge id=\"inside\" function", "edge ':M_0' is not in the file", "Correct the name" },
        { "toLane=\"1\" via=\":J_4_0\"", "toLane=\"1\" via=\":J_0_1\"", "never leaves the junction", "Correct \"via\"" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_wrong_word_is_named_with_its_place_and_what_to_do(string good, string bad, string what, string next)
    {
        var error = Assert.Throws<NetworkException>(() => Fixture.ReadEdited(good, bad));
        AssertOneLine(error);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(next, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_is_the_line_of_the_broken_element()
    {
        var lines = Fixture.Text(Fixture.TwoRoads).Split('\n');
        var line = 1 + Array.FindIndex(lines, text => text.Contains("<edge id=\"west\"", StringComparison.Ordinal));
        Assert.Equal(
            $"two-roads.net.xml, line {line}: junction 'Q' is not in the file. Correct the name, or write the network again with netconvert.",
            Assert.Throws<NetworkException>(() => Fixture.ReadEdited("<edge id=\"west\" from=\"W\"", "<edge id=\"west\" from=\"Q\"")).Message);
        Assert.StartsWith(
            $"two-roads.net.xml, line {line + 1}: <lane> length 'NaN'",
            Assert.Throws<NetworkException>(() => Fixture.ReadEdited(West, West.Replace("355.30", "NaN", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not readable as XML", "Copy the file again")]
    [InlineData("no XML at all", "not readable as XML", "Copy the file again")]
    [InlineData("<net version=\"1.9\"><edge id=\"a\"", "not readable as XML", "Copy the file again")]
    [InlineData("<additional/>", "the file is a <additional>, not a <net>", "Give a SUMO network")]
    [InlineData("<net/>", "the network has no edges", "Give a SUMO network")]
    [InlineData("<!DOCTYPE net [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><net>&b;</net>", "not readable as XML", "Copy the file again")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such\"?><net/>", "not readable as XML", "Copy the file again")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-7\"?><net/>", "not readable as XML", "Copy the file again")]
    [InlineData("<net><edge id=\"e\" function=\"internal\"/></net>", "edge 'e' has no lanes", "Give it a lane")]
    public void A_file_that_is_no_network_is_refused(string text, string what, string next)
    {
        var error = Assert.Throws<NetworkException>(() => NetworkReader.Read(Encoding.UTF8.GetBytes(text), Fixture.TwoRoads));
        AssertOneLine(error);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(next, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var content = Fixture.Bytes(Fixture.TwoRoads);
        var end = content.AsSpan().LastIndexOf("</net>"u8);
        for (var length = 0; length < end + 6; length += 97)
            AssertOneLine(Assert.Throws<NetworkException>(() => NetworkReader.Read(content.AsMemory(0, length), Fixture.TwoRoads)));
    }

    [Fact]
    public void Broken_gzip_is_refused()
    {
        var packed = Fixture.Gzip(Fixture.Bytes(Fixture.TwoRoads));
        AssertOneLine(Assert.Throws<NetworkException>(() => NetworkReader.Read(packed.AsMemory(0, packed.Length / 2), Fixture.TwoRoads)));
        byte[] onlyTheMark = [0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var error = Assert.Throws<NetworkException>(() => NetworkReader.Read(onlyTheMark, Fixture.TwoRoads));
        AssertOneLine(error);
        Assert.Contains("cannot be unpacked", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x3c, 0x00, 0x00 })]
    [InlineData(new byte[] { 0xfe, 0xff, 0x00, 0x3c, 0xd8 })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00, 0x00, 0x3c, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x00, 0x00, 0xfe, 0xff, 0x00, 0x00, 0x00, 0x3c })]
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf, 0xff, 0xff })]
    [InlineData(new byte[] { 0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40 })]
    [InlineData(new byte[] { 0x1f, 0x8b })]
    public void Bytes_in_no_known_encoding_are_refused(byte[] content) =>
        AssertOneLine(Assert.Throws<NetworkException>(() => NetworkReader.Read(content, Fixture.TwoRoads)));

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var text = "<net>" + string.Concat(Enumerable.Repeat("<a>", 100_000));
        var error = Assert.Throws<NetworkException>(() => NetworkReader.Read(Encoding.UTF8.GetBytes(text), Fixture.TwoRoads));
        Assert.Contains("nested more than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_or_a_very_long_word_in_an_id_does_not_break_the_line()
    {
        var longId = "&#10;&#x2028;" + new string('x', 5000);
        var error = Assert.Throws<NetworkException>(() => Fixture.ReadEdited("<edge id=\"west\" from=\"W\"", $"<edge id=\"west\" from=\"{longId}\""));
        AssertOneLine(error);
        Assert.True(error.Message.Length < 300, error.Message);
    }

    private static void AssertOneLine(NetworkException error)
    {
        Assert.Matches("^two-roads\\.net\\.xml, line [1-9][0-9]*: .+\\. [A-Z].+\\.$", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain('\u2028', error.Message);
    }
}
