using TrafficAI.Signals;

namespace TrafficAI.Sumo;

/// <summary>What a vehicle of a SUMO class looks like to a sensor.</summary>
internal static class ObjectClasses
{
    private static readonly Utf8Map<ObjectClass> ByName = Build();

    /// <param name="name">SUMO's <c>vClass</c>, in UTF-8.</param>
    public static ObjectClass Of(ReadOnlySpan<byte> name) => ByName.TryGet(name, out var found) ? found : ObjectClass.Other;

    private static Utf8Map<ObjectClass> Build()
    {
        var map = new Utf8Map<ObjectClass>();
        Add(map, ObjectClass.Car, "passenger", "private", "taxi", "hov", "evehicle", "vip", "authority");
        Add(map, ObjectClass.Truck, "truck", "trailer", "delivery", "army");
        Add(map, ObjectClass.Bus, "bus", "coach");
        Add(map, ObjectClass.TwoWheeler, "motorcycle", "moped", "bicycle");
        Add(map, ObjectClass.Emergency, "emergency");
        return map;
    }

    private static void Add(Utf8Map<ObjectClass> map, ObjectClass value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            map.Set(System.Text.Encoding.UTF8.GetBytes(name), value);
    }
}
