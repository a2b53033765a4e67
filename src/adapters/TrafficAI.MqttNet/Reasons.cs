using System.Net.Sockets;
using MQTTnet;

namespace TrafficAI.MqttNet;

/// <summary>Why there is no connection, in the words that libmosquitto has for it.</summary>
internal static class Reasons
{
    public static string Of(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword => "bad user name or password",
        MqttClientConnectResultCode.NotAuthorized => "not authorised",
        MqttClientConnectResultCode.ServerUnavailable => "broker unavailable",
        _ => $"code {(int)code}",
    };

    public static string Of(Exception error)
    {
        while (error.InnerException is { } inner) error = inner;
        // A socket's own message ends with the address, which the line names already.
        var text = error is SocketException socket ? new SocketException((int)socket.SocketErrorCode).Message : error.Message;
        return text.ReplaceLineEndings(" ");
    }
}
