namespace TrafficAI.Sumo.Traci;

/// <summary>The numbers of SUMO's TraCI protocol that we use (TraCI version 21, SUMO 1.15).</summary>
internal static class TraciCode
{
    public const byte GetVersion = 0x00;
    public const byte SimulationStep = 0x02;
    public const byte Close = 0x7F;
    public const byte SetTrafficLight = 0xC2;
    public const byte GetLoop = 0xA0;
    public const byte GetVehicle = 0xA4;
    public const byte SubscribeSimulation = 0xDB;

    public const byte SimulationResult = 0xEB;

    /// <summary>The answer to a question is named by this much more than the question.</summary>
    public const byte ValueOffset = 0x10;

    public const byte IdList = 0x00;
    public const byte TrafficLightState = 0x20;
    public const byte Speed = 0x40;
    public const byte VehicleClass = 0x49;
    public const byte LaneId = 0x51;
    public const byte LanePosition = 0x56;
    public const byte LoopVehicles = 0x17;
    public const byte Departed = 0x74;
    public const byte Arrived = 0x7A;
    public const byte Pending = 0x94;

    public const byte TypeInteger = 0x09;
    public const byte TypeDouble = 0x0B;
    public const byte TypeString = 0x0C;
    public const byte TypeStringList = 0x0E;
    public const byte TypeCompound = 0x0F;

    public const byte StatusOk = 0x00;

    /// <summary>SUMO's word for "no value", here for "from now on, for ever".</summary>
    public const double NoValue = -1073741824.0;
}
