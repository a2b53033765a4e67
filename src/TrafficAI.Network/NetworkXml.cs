using System.Buffers;
using System.Xml;

namespace TrafficAI.Network;

/// <summary>Streams the XML of a network file into records; looks at one element at a time.</summary>
internal sealed class NetworkXml
{
    private const int DeepestElement = 32;

    /// <summary>In characters: far above the largest city. Stops a small gzip file that unpacks without end.</summary>
    private const long LongestFile = 1L << 29;

    private const double DefaultWidthMetres = 3.2;

    private static readonly SearchValues<char> StateLetters = SearchValues.Create("rygGsuoOY");

    private readonly XmlReader xml;
    private readonly ElementReader element;
    private readonly NetworkRecords records = new();
    private EdgeRecord? edge;
    private JunctionRecord? junction;
    private ProgramRecord? program;

    private NetworkXml(XmlReader xml, FileErrors errors)
    {
        this.xml = xml;
        element = new(xml, errors);
    }

    public static NetworkRecords Read(Stream stream, FileErrors errors)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreWhitespace = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = LongestFile,
        };
        using var xml = XmlReader.Create(stream, settings);
        var reader = new NetworkXml(xml, errors);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element) reader.ReadElement();
        }

        return reader.records;
    }

    private void ReadElement()
    {
        switch (xml.Depth)
        {
            case 0 when xml.LocalName != "net":
                throw element.Error(
                    $"the file is a <{Shorten(xml.LocalName)}>, not a <net>", "Give a SUMO network (.net.xml), as netconvert writes it");
            case 1: ReadPart(); break;
            case 2: ReadDetail(); break;
            case > DeepestElement: throw element.Error($"elements are nested more than {DeepestElement} deep");
        }
    }

    private void ReadPart()
    {
        (edge, junction, program) = (null, null, null);
        switch (xml.LocalName)
        {
            case "edge": records.Edges.Add(edge = ReadEdge()); break;
            case "connection": records.Connections.Add(ReadConnection()); break;
            case "tlLogic": records.Programs.Add(program = ReadProgram()); break;

            // Its right of way is in the matrix of the junction in which it lies.
            case "junction" when element.Optional("type") == "internal": records.WaitingPlaces.Add(ReadJunction()); break;
            case "junction": records.Junctions.Add(junction = ReadJunction()); break;
        }
    }

    private void ReadDetail()
    {
        switch (xml.LocalName)
        {
            case "lane" when edge is not null: edge.Lanes.Add(ReadLane(edge)); break;
            case "request" when junction is not null: junction.Requests.Add(ReadRequest()); break;
            case "phase" when program is not null: program.States.Add(ReadState(program)); break;
        }
    }

    private EdgeRecord ReadEdge()
    {
        var function = element.Optional("function") switch
        {
            null or "normal" => EdgeFunction.Normal,
            "internal" => EdgeFunction.Internal,
            "crossing" => EdgeFunction.Crossing,
            "walkingarea" => EdgeFunction.WalkingArea,
            "connector" => EdgeFunction.Connector,
            { } word => throw element.Bad("function", word, "is no function of an edge"),
        };
        var joinsJunctions = function is EdgeFunction.Normal or EdgeFunction.Connector;
        return new(
            element.Line,
            element.Required("id"),
            function,
            joinsJunctions ? element.Required("from") : null,
            joinsJunctions ? element.Required("to") : null,
            element.Whole("priority", int.MinValue, fallback: -1),
            element.List("crossingEdges"),
            []);
    }

    private LaneRecord ReadLane(EdgeRecord owner)
    {
        var allowed = VehicleClassNames.Read(element.Optional("allow"), element.Optional("disallow"), out var unknown);
        if (unknown is not null)
        {
            throw element.Error(
                $"lane {FileErrors.Quote(element.Required("id"))} names the vehicle class {FileErrors.Quote(unknown)}, which SUMO does not have");
        }

        var position = element.Whole("index", 0);
        if (position != owner.Lanes.Count)
            throw element.Error($"lane {FileErrors.Quote(element.Required("id"))} has index {position}, but is lane {owner.Lanes.Count} of its edge",
                "List the lanes of an edge from the outside, counting from 0");
        return new(
            element.Line,
            element.Required("id"),
            element.Positive("length"),
            element.Positive("speed"),
            element.Positive("width", DefaultWidthMetres),
            allowed,
            element.Shape("shape"));
    }

    private JunctionRecord ReadJunction() => new(
        element.Line,
        element.Required("id"),
        element.Required("type"),
        new(element.Coordinate("x"), element.Coordinate("y")),
        element.List("incLanes"),
        element.List("intLanes"),
        []);

    private RequestRecord ReadRequest() => new(
        element.Line, element.Whole("index", 0), element.Required("response"), element.Required("foes"), element.Flag("cont"));

    private ConnectionRecord ReadConnection()
    {
        var signal = element.Optional("tl");
        return new(
            element.Line,
            element.Required("from"),
            element.Required("to"),
            element.Whole("fromLane", 0),
            element.Whole("toLane", 0),
            element.Optional("via"),
            ReadDirection(),
            signal,
            signal is null ? -1 : element.Whole("linkIndex", -1),
            element.Optional("state") is { } state ? state[0] : 'M',
            element.Optional("keepClear") is null || element.Flag("keepClear"));
    }

    private TurnDirection ReadDirection() => element.Required("dir") switch
    {
        "s" or "invalid" => TurnDirection.Straight, // SUMO writes "invalid" where it could not tell
        "l" => TurnDirection.Left,
        "r" => TurnDirection.Right,
        "L" => TurnDirection.PartialLeft,
        "R" => TurnDirection.PartialRight,
        "t" or "T" => TurnDirection.UTurn,
        var word => throw element.Bad("dir", word, "is none of s l r L R t T"),
    };

    private ProgramRecord ReadProgram() => new(
        element.Line,
        element.Required("id"),
        element.Required("programID"),
        element.Required("type"),
        element.Optional("offset") == "begin" ? 0 : element.OptionalMilliseconds("offset", int.MinValue) ?? 0,
        []);

    private ProgramState ReadState(ProgramRecord owner)
    {
        var letters = element.Required("state");
        if (letters.AsSpan().IndexOfAnyExcept(StateLetters) is >= 0 and var bad)
            throw element.Bad("state", letters, $"has the letter {FileErrors.Quote(letters[bad].ToString())}, which is none of r y g G s u o O Y");
        if (owner.States is [var first, ..] && first.Letters.Length != letters.Length)
            throw element.Error(
                $"a state of light {FileErrors.Quote(owner.Id)} has {letters.Length} letters, but its first state has {first.Letters.Length}",
                "Give every state of a programme one letter per signal link");
        return new(
            element.Milliseconds("duration", 1),
            letters,
            element.OptionalMilliseconds("minDur", 0),
            element.OptionalMilliseconds("maxDur", 0));
    }

    private static string Shorten(string word) => word.Length <= 40 ? word : word[..40];
}
