using System.Text;
using TrafficAI.Import;
using TrafficAI.Import.Plain;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Fuzz;

/// <summary>Roads as GeoJSON and as OpenStreetMap XML, and a junction table. What is read is made into a network, which has to hang together.</summary>
internal sealed class ImportTarget : IFuzzTarget
{
    private const string GeoJson = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"osm_id":"1","fclass":"primary","name":"A","oneway":"F","maxspeed":"60"},"geometry":{"type":"LineString","coordinates":[[76.895,43.2399],[76.9,43.2399],[76.905,43.2399]]}},
        {"type":"Feature","properties":{"osm_id":"2","fclass":"primary","name":"A","oneway":"T","layer":"0"},"geometry":{"type":"MultiLineString","coordinates":[[[76.895,43.2401],[76.9,43.2401],[76.905,43.2401]]]}},
        {"type":"Feature","properties":{"osm_id":"3","fclass":"tertiary_link","name":"B","oneway":"B"},"geometry":{"type":"LineString","coordinates":[[76.9,43.235],[76.9,43.2399],[76.9,43.2401],[76.9,43.245]]}}]}
        """;

    private const string OsmXml = """
        <osm version="0.6"><node id="1" lon="76.895" lat="43.24"/><node id="2" lon="76.9" lat="43.24"/><node id="3" lon="76.905" lat="43.24"/><node id="4" lon="76.9" lat="43.235"/><node id="5" lon="76.9" lat="43.245"/>
        <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/><tag k="lanes" v="5"/><tag k="lanes:forward" v="3"/></way>
        <way id="8"><nd ref="4"/><nd ref="2"/><nd ref="5"/><tag k="highway" v="tertiary"/><tag k="oneway" v="yes"/><tag k="maxspeed" v="40"/></way></osm>
        """;

    private const string Table = """
        id,street_a,street_b,a_ru,b_ru,lat,lon,lanes_a,lanes_b,signal_status
        J,a,b,A,B,43.24,76.9,4 per direction (dual),5 total two-way,"documented: ""here"" and there"
        """;

    public byte[] Make(Random chance)
    {
        var good = chance.Next(3) switch { 0 => GeoJson, 1 => OsmXml, _ => Table };
        return chance.Next(3) switch
        {
            0 => Mutation.Bytes(Encoding.UTF8.GetBytes(good), chance),
            1 => Mutation.JsonTokens(good, chance),
            _ => Mutation.QuotedWords(good, chance),
        };
    }

    public bool Read(byte[] input)
    {
        var isTable = !input.AsSpan().ContainsAny((byte)'{', (byte)'<');
        var roads = RoadFile.Read(isTable ? Encoding.UTF8.GetBytes(GeoJson) : input, "roads");
        var junctions = JunctionTable.Read(isTable ? input : Encoding.UTF8.GetBytes(Table), "table");
        var network = PlainNetworkBuilder.Build(roads, junctions, [], 250);
        var edges = network.Edges.ToDictionary(edge => edge.Id, StringComparer.Ordinal);
        foreach (var way in network.Connections)
            if (way.FromLane < 0 || way.FromLane >= edges[way.From].Lanes || way.ToLane < 0 || way.ToLane >= edges[way.To].Lanes || edges[way.From].To != edges[way.To].From)
                throw new InvalidOperationException($"{way} leads from or to no lane");
        return PlainXml.Edges(network).Length > 0;
    }

    public bool IsRefusal(Exception e) => e is ImportException;
}
