using FsCheck;
using FsCheck.Fluent;

namespace TrafficAI.Network.Tests;

public class VehicleClassTests
{
    private static readonly (string Name, VehicleClasses Class)[] Names =
    [
        ("private", VehicleClasses.Private), ("emergency", VehicleClasses.Emergency), ("authority", VehicleClasses.Authority),
        ("army", VehicleClasses.Army), ("vip", VehicleClasses.Vip), ("pedestrian", VehicleClasses.Pedestrian),
        ("passenger", VehicleClasses.Passenger), ("hov", VehicleClasses.Hov), ("taxi", VehicleClasses.Taxi), ("bus", VehicleClasses.Bus),
        ("coach", VehicleClasses.Coach), ("delivery", VehicleClasses.Delivery), ("truck", VehicleClasses.Truck),
        ("trailer", VehicleClasses.Trailer), ("motorcycle", VehicleClasses.Motorcycle), ("moped", VehicleClasses.Moped),
        ("bicycle", VehicleClasses.Bicycle), ("evehicle", VehicleClasses.EVehicle), ("tram", VehicleClasses.Tram),
        ("rail_urban", VehicleClasses.RailUrban), ("rail", VehicleClasses.Rail), ("rail_electric", VehicleClasses.RailElectric),
        ("rail_fast", VehicleClasses.RailFast), ("ship", VehicleClasses.Ship), ("custom1", VehicleClasses.Custom1),
        ("custom2", VehicleClasses.Custom2),
    ];

    [Fact]
    public void Every_set_of_classes_is_read_from_allow_and_its_complement_from_disallow() =>
        Prop.ForAll<int>(bits =>
        {
            var set = (VehicleClasses)bits & VehicleClasses.All;
            if (set == VehicleClasses.None) return true;
            var words = string.Join(' ', Names.Where(one => set.HasFlag(one.Class)).Select(one => one.Name));
            return Allowed($"allow=\"{words}\"") == set && Allowed($"disallow=\"{words}\"") == (VehicleClasses.All & ~set);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", VehicleClasses.All)]
    [InlineData("allow=\"all\"", VehicleClasses.All)]
    [InlineData("disallow=\"all\"", VehicleClasses.None)]
    [InlineData("allow=\"\"", VehicleClasses.All)]
    [InlineData("allow=\"bus\" disallow=\"all\"", VehicleClasses.Bus)]
    [InlineData("allow=\"bus scooter\"", VehicleClasses.Bus)]
    [InlineData("allow=\"lightrail  public_transport\"", VehicleClasses.Tram | VehicleClasses.Bus)]
    public void A_lane_is_for_those_that_its_attributes_allow(string attributes, VehicleClasses allowed) =>
        Assert.Equal(allowed, Allowed(attributes));

    private static VehicleClasses Allowed(string attributes) =>
        Fixture.ReadEdited("<lane id=\"west_0\"", $"<lane id=\"west_0\" {attributes}").Lane("west_0").Allowed;
}
