namespace TrafficAI.Network;

/// <summary>SUMO's vehicle classes, as a set: who may use a lane.</summary>
[Flags]
public enum VehicleClasses
{
    None = 0,
    Private = 1 << 0,
    Emergency = 1 << 1,
    Authority = 1 << 2,
    Army = 1 << 3,
    Vip = 1 << 4,
    Pedestrian = 1 << 5,
    Passenger = 1 << 6,
    Hov = 1 << 7,
    Taxi = 1 << 8,
    Bus = 1 << 9,
    Coach = 1 << 10,
    Delivery = 1 << 11,
    Truck = 1 << 12,
    Trailer = 1 << 13,
    Motorcycle = 1 << 14,
    Moped = 1 << 15,
    Bicycle = 1 << 16,
    EVehicle = 1 << 17,
    Tram = 1 << 18,
    RailUrban = 1 << 19,
    Rail = 1 << 20,
    RailElectric = 1 << 21,
    RailFast = 1 << 22,
    Ship = 1 << 23,
    Custom1 = 1 << 24,
    Custom2 = 1 << 25,

    /// <summary>Everything that drives on a road and obeys vehicle signals; not pedestrians, bicycles, rail or ships.</summary>
    Motor = Private | Emergency | Authority | Army | Vip | Passenger | Hov | Taxi | Bus | Coach | Delivery | Truck | Trailer
        | Motorcycle | Moped | EVehicle | Custom1 | Custom2,

    All = (1 << 26) - 1,
}
