using System.Runtime.InteropServices;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>What we use of libmosquitto 2 (Eclipse, Debian's <c>libmosquitto1</c>). See mosquitto.h.</summary>
internal static unsafe partial class LibMosquitto
{
    public const int Success = 0;

    /// <summary>See <see cref="LastSystemError"/>.</summary>
    public const int SystemError = 14;

    private const string Library = "libmosquitto.so.1";
    private const int NoDelay = 11;

    private static readonly int Initialised = Init();

    /// <summary>A message as a callback gets it; valid during the callback only.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Message
    {
        public readonly int Id;
        public readonly byte* Topic;
        public readonly byte* Payload;
        public readonly int PayloadLength;
        public readonly int Qos;
        public readonly byte Retain;
    }

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_init")]
    private static partial int Init();

    /// <summary>A client that sends each message at once, however small; 0 when there is no memory for one.</summary>
    public static nint New(nint context)
    {
        var client = Initialised == Success ? New(null, cleanSession: true, context) : 0;
        if (client != 0) _ = SetOption(client, NoDelay, 1);
        return client;
    }

    [LibraryImport(Library, EntryPoint = "mosquitto_int_option")]
    private static partial int SetOption(nint client, int option, int value);

    [LibraryImport(Library, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint New(string? id, [MarshalAs(UnmanagedType.U1)] bool cleanSession, nint context);

    [LibraryImport(Library, EntryPoint = "mosquitto_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_threaded_set")]
    public static partial int SetThreaded(nint client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    /// <summary>Messages of QoS 1 and 2 that may be on their way at once; 0 for any number.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_max_inflight_messages_set")]
    public static partial int SetMostInFlight(nint client, uint messages);

    [LibraryImport(Library, EntryPoint = "mosquitto_will_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetWill(nint client, string topic, int length, byte[] payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain);

    [LibraryImport(Library, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetPassword(nint client, string user, string? password);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetTls(nint client, string? authorityFile, string? authorityPath, string? certificateFile, string? keyFile, nint passwordCallback);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(nint client, string host, int port, int keepAliveSeconds);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect")]
    public static partial int Disconnect(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Publish(nint client, out int id, string topic, int length, byte[] payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Subscribe(nint client, out int id, string topic, int qos);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop", SetLastError = true)]
    public static partial int Loop(nint client, int timeoutMilliseconds, int maximumPackets);

    /// <summary>Its socket, for a loop of our own; −1 for none.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_socket")]
    public static partial int Socket(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_read")]
    public static partial int Read(nint client, int maximumPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_write")]
    public static partial int Write(nint client, int maximumPackets);

    /// <summary>Pings and looks after what waits too long; about once a second.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_loop_misc")]
    public static partial int KeepAlive(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_want_write")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool WantsToWrite(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_callback_set")]
    public static partial void OnConnect(nint client, delegate* unmanaged<nint, nint, int, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_message_callback_set")]
    public static partial void OnMessage(nint client, delegate* unmanaged<nint, nint, Message*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_callback_set")]
    public static partial void OnPublish(nint client, delegate* unmanaged<nint, nint, int, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_callback_set")]
    public static partial void OnSubscribe(nint client, delegate* unmanaged<nint, nint, int, int, int*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_strerror")]
    private static partial nint ErrorText(int error);

    [LibraryImport(Library, EntryPoint = "mosquitto_connack_string")]
    private static partial nint RefusalText(int code);

    /// <summary>Why a broker has refused a connection; one line.</summary>
    public static string Refusal(int code) => (Marshal.PtrToStringUTF8(RefusalText(code)) ?? $"code {code}").Replace("Connection Refused: ", "", StringComparison.Ordinal).TrimEnd('.');

    /// <summary>What the system said to the last call of this thread to <see cref="Connect"/> or <see cref="Loop"/>.</summary>
    public static string LastSystemError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    public static string Error(int error) => Marshal.PtrToStringUTF8(ErrorText(error)) ?? $"error {error}";
}
