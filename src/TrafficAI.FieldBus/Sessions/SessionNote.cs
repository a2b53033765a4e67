using System.Text.Json.Serialization;

namespace TrafficAI.FieldBus.Sessions;

/// <summary>Something that a server noticed in its session with one controller: an event, past tense. No decision depends on it.</summary>
/// <param name="Received">Wall time of the server, ISO 8601 in UTC.</param>
public abstract record SessionNote([property: JsonPropertyOrder(-1)] string Received);

/// <summary>The controller says that it is there.</summary>
/// <param name="Boot">Sixteen hexadecimal digits.</param>
/// <param name="Configuration">Checksum of its configuration, hexadecimal.</param>
/// <param name="IsOurs">Whether the server decides with that configuration; else it does not plan.</param>
public sealed record ControllerCame(string Received, string Boot, string Firmware, string Configuration, bool IsOurs) : SessionNote(Received);

/// <summary>The controller has gone.</summary>
/// <param name="How">"shutdown" on purpose, "offline" when its link broke.</param>
public sealed record ControllerLeft(string Received, string How) : SessionNote(Received);

/// <summary>The first frame of a boot: from here on its sequence counts the street seconds.</summary>
/// <param name="Second">The street second of that frame.</param>
/// <param name="Boot">Sixteen hexadecimal digits.</param>
public sealed record BootBegun(string Received, long Second, string Boot, long Sequence) : SessionNote(Received);

/// <summary>Frames between two others did not come.</summary>
/// <param name="From">Street second of the first.</param>
/// <param name="To">Street second of the last.</param>
public sealed record FramesSkipped(string Received, long From, long To) : SessionNote(Received);

/// <summary>What came, over a minute of frames in which not all went well.</summary>
/// <param name="Second">The newest street second.</param>
/// <param name="Repeated">Frames that came twice in a row.</param>
/// <param name="Refused">Messages that were refused.</param>
/// <param name="Unanswered">Plans without a reply in time.</param>
/// <param name="Resent">Plans that were sent again.</param>
public sealed record MessagesCounted(string Received, long Second, long Frames, long Repeated, long Refused, long Unanswered, long Resent) : SessionNote(Received);

/// <summary>A message was refused. In quarantine they are only counted.</summary>
/// <param name="Second">The newest street second; null before the first frame.</param>
/// <param name="Message">The end of its topic: "up/frame".</param>
/// <param name="Outcome">The word of the contract.</param>
public sealed record MessageRefused(string Received, long? Second, string Message, string Outcome, string Reason) : SessionNote(Received);

/// <summary>The controller talks nonsense: it is heard, but not planned for.</summary>
public sealed record QuarantineBegun(string Received, long? Second, string Reason) : SessionNote(Received);

/// <summary>It has talked sense for long enough.</summary>
public sealed record QuarantineEnded(string Received, long Second) : SessionNote(Received);

/// <summary>The controller refused a plan, otherwise than the one before.</summary>
/// <param name="Outcome">The word of the contract.</param>
public sealed record PlanRefused(string Received, long? Second, long Sequence, string Outcome, string Text) : SessionNote(Received);

/// <summary>The controller's wall clock has moved against the server's.</summary>
/// <param name="AheadMilliseconds">Of the controller's; negative when it is behind. The way of the frame is in it.</param>
/// <param name="Quality">The word of the contract.</param>
public sealed record ClockShifted(string Received, long Second, long AheadMilliseconds, string Quality) : SessionNote(Received);

/// <summary>The controller says that something is wrong, or no longer.</summary>
/// <param name="Second">The street second in which it began or ended; null when its boot is unknown.</param>
/// <param name="Component">Group, or detector + 1; 0 for the whole controller.</param>
public sealed record AlarmReported(string Received, long? Second, string Kind, bool Active, int Component, string Text) : SessionNote(Received);

/// <summary>Plans act after another time than decisions reckon with.</summary>
/// <param name="OursSeconds">From a frame to the first second on which a plan on it acts, as the server reckons.</param>
/// <param name="TheirsSeconds">The same as the frames show it.</param>
public sealed record LatencyDiffered(string Received, long Second, int OursSeconds, int TheirsSeconds) : SessionNote(Received);
