namespace TrafficAI.FieldBus.Mqtt;

/// <summary>What became of the messages of a connection.</summary>
/// <param name="Received">Messages that arrived.</param>
/// <param name="Refused">Of those: malformed, forged, of unknown controllers or out of their count.</param>
/// <param name="Lost">Messages that could not be sent: no connection.</param>
/// <param name="Withheld">Plans for controllers that have not been heard, or that have another configuration.</param>
/// <param name="Connections">How often a connection came about.</param>
public readonly record struct MqttCounts(long Received, long Refused, long Lost, long Withheld, long Connections)
{
    public static MqttCounts operator +(MqttCounts a, MqttCounts b) => new(
        a.Received + b.Received, a.Refused + b.Refused, a.Lost + b.Lost, a.Withheld + b.Withheld, a.Connections + b.Connections);
}
