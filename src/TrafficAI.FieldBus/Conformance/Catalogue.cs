namespace TrafficAI.FieldBus.Conformance;

/// <summary>Every rule of the kit. An id is never given to another rule.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new("C-TOPIC-01", "1", "It publishes under its own up/ on the topics of the contract only"),
        new("C-TOPIC-02", "1", "Each message has the QoS of the table: frames and replies to plans 0, all others 1"),
        new("C-TOPIC-03", "1", "Presence and configuration are retained, nothing else is"),

        new("C-PRES-01", "3", "Its presence stands as ONLINE"),
        new("C-PRES-02", "8", "A presence keeps the grammar"),
        new("C-PRES-03", "3", "The checksum in the presence is the SHA-256 of the configuration that it publishes"),
        new("C-PRES-04", "Presence", "The presence names the firmware"),
        new("C-PRES-05", "3", "When the link breaks, the will says OFFLINE, with its boot"),
        new("C-PRES-06", "3", "When the link is back, it says ONLINE with the same boot, and its configuration, before its frames go on"),
        new("C-PRES-07", "3", "Before another boot is heard, the one before is said to have gone"),

        new("C-CONF-01", "8", "A configuration keeps the grammar"),
        new("C-CONF-02", "3", "Its bytes are in the form that the checksum asks for: fields by rising number, unset ones left out, lists packed"),
        new("C-CONF-03", "3", "It is the configuration that the controller was given"),

        new("C-FRAME-01", "8", "A frame keeps the grammar"),
        new("C-FRAME-02", "2", "Its sequence rises by one with each frame of a boot"),
        new("C-FRAME-03", "1", "A frame comes each street second"),
        new("C-FRAME-04", "2", "Its second counts on from that of the first frame, as the sequence does"),
        new("C-FRAME-05", "Frame", "It has one lamp for each group of the configuration, and its phases exist"),
        new("C-FRAME-06", "Frame", "lamp_seconds counts how long each group has shown what it shows, green and flashing green as one"),
        new("C-FRAME-07", "Frame", "lamp_sequence rises by one when any lamp has changed, and only then"),
        new("C-FRAME-08", "Frame", "elapsed counts the seconds of the phase or the passage from 1, and stands while all red is lengthened"),
        new("C-FRAME-09", "Frame", "cycle_second is the second of the cycle of the local plan"),
        new("C-FRAME-10", "Frame", "It has one reading for each configured detector"),
        new("C-FRAME-11", "Frame", "Its objects stand by lane, distance and track"),
        new("C-FRAME-12", "2", "Frames, replies, alarms and requests bear the boot of the presence"),

        new("C-LAMP-01", "6", "No two groups that conflict fully are green together"),
        new("C-LAMP-02", "6", "No group goes through an order of lamps that is forbidden"),
        new("C-LAMP-03", "6", "No green is shorter than its minimum"),
        new("C-LAMP-04", "6", "No amber is shorter than configured"),
        new("C-LAMP-05", "6", "No group becomes green before its intergreens have passed"),
        new("C-LAMP-06", "6", "Every green of a group that flashes ends with the configured seconds of flashing green"),

        new("C-DEC-01", "6", "A passage shows what the configuration says, second by second, and is not broken off, whatever is wanted"),
        new("C-DEC-02", "6", "A phase is held until minima, intergreens and the decision interval allow the passage, whatever is wanted"),
        new("C-DEC-03", "6", "All red is lengthened while the plan in force asks for it"),
        new("C-DEC-04", "6", "All red is never lengthened by more than configured"),
        new("C-DEC-05", "6", "All red is lengthened only while the plan in force asks for it"),
        new("C-LOCAL-01", "5", "Without a plan in force the mode is LOCAL"),
        new("C-LOCAL-02", "5", "In LOCAL it runs the local plan by the street second"),

        new("C-PLAN-01", "4", "A good plan is ACCEPTED"),
        new("C-PLAN-02", "5", "From the second after its receipt the mode is PLAN"),
        new("C-PLAN-03", "5", "The phase wanted is that of the last entry whose planned second has come: the passage begins in that very second if it is safe"),
        new("C-PLAN-04", "5", "The frame names the newest plan that was accepted"),
        new("C-PLAN-05", "4", "The very same plan again is ACCEPTED and changes nothing"),
        new("C-PLAN-06", "5", "A wish that is not safe yet is no reason to refuse a plan, and is granted when it is safe"),
        new("C-PLAN-07", "5", "A plan each second, each with another wish, is accepted each time"),

        new("C-REFUSE-01", "4", "Bytes that are no envelope are MALFORMED"),
        new("C-REFUSE-02", "8", "An order of more than 4096 bytes is MALFORMED"),
        new("C-REFUSE-03", "4", "A signature that has not 32 bytes is MALFORMED"),
        new("C-REFUSE-04", "4", "An order signed with another key is FORGED"),
        new("C-REFUSE-05", "4", "An order changed on its way is FORGED"),
        new("C-REFUSE-06", "4", "An order signed for another intersection is FORGED"),
        new("C-REFUSE-07", "4", "An order signed for another kind is FORGED"),
        new("C-REFUSE-08", "4", "Signed noise is MALFORMED"),
        new("C-REFUSE-09", "8", "An order without a head is MALFORMED"),
        new("C-REFUSE-10", "8", "A plan of more than 32 entries is MALFORMED"),
        new("C-REFUSE-11", "8", "A plan with a lease of more than an hour is MALFORMED"),
        new("C-REFUSE-12", "4", "A plan for another boot is OTHER_BOOT"),
        new("C-REFUSE-13", "4", "A plan decided with another configuration is OTHER_CONFIGURATION"),
        new("C-REFUSE-14", "4", "A plan whose base frame is yet to come is UNKNOWN_BASE"),
        new("C-REFUSE-15", "4", "A plan whose base lamps are yet to come is UNKNOWN_BASE"),
        new("C-REFUSE-16", "4", "A plan of an older epoch is OLDER_EPOCH"),
        new("C-REFUSE-17", "4", "A plan that comes again after a newer one is STALE"),
        new("C-REFUSE-18", "4", "Another plan under a sequence that was used is STALE"),
        new("C-REFUSE-19", "4", "A plan whose lease has run out is LEASE_EXPIRED"),
        new("C-REFUSE-20", "4", "A plan without an entry is UNKNOWN_PHASE"),
        new("C-REFUSE-21", "4", "A plan that names a phase that does not exist is UNKNOWN_PHASE"),
        new("C-REFUSE-22", "4", "Where several reasons apply, the first of the table is given"),
        new("C-REFUSE-23", "4", "What was held before a refusal stays held"),
        new("C-REFUSE-24", "9", "Unknown fields of an order are ignored"),

        new("C-REPLY-01", "4", "Each order is answered by exactly one reply"),
        new("C-REPLY-02", "8", "A reply keeps the grammar"),
        new("C-REPLY-03", "4", "A reply names the order by epoch and sequence, and none where it could not be read"),
        new("C-REPLY-04", "4", "A reply bears the sequence of the newest frame at receipt"),

        new("C-LEASE-01", "5", "A plan is obeyed while less than its lease has passed since its base frame, and not a second longer"),
        new("C-LEASE-02", "5", "The very same plan again does not lengthen the lease"),
        new("C-LEASE-03", "5", "A late plan has less left of its lease"),
        new("C-LEASE-04", "5", "When the lease is over it comes back to the local plan"),

        new("C-MODE-01", "7", "OFF is ACCEPTED, and the mode is OFF from the next second on"),
        new("C-MODE-02", "6", "Switched off, it ends its phase with the configured closing, then flashes as configured"),
        new("C-MODE-03", "4", "A plan while a person has switched off is refused as OFF"),
        new("C-MODE-04", "6", "Switched on, it starts with the configured start, then shows the first phase of the local plan"),
        new("C-MODE-05", "7", "OFF ends by itself after the seconds given"),
        new("C-MODE-06", "8", "A mode request without a reason is MALFORMED"),
        new("C-MODE-07", "4", "A mode request that comes again is STALE"),
        new("C-MODE-08", "7", "A release from afar is NOT_SUPPORTED"),
        new("C-MODE-09", "8", "An unknown wish is MALFORMED"),
        new("C-MODE-10", "4", "A mode request of an older epoch is OLDER_EPOCH"),
        new("C-MODE-11", "4", "A mode request signed with another key is FORGED"),

        new("C-TIME-01", "7", "A time order is ACCEPTED or NOT_SUPPORTED"),
        new("C-TIME-02", "7", "A time order moves neither the sequence nor the street second"),
        new("C-TIME-03", "5", "A time order moves no lease"),
        new("C-TIME-04", "7", "A time order that was accepted sets the wall clock"),

        new("C-FAULT-01", "6", "In a fault the mode is FAULT and the lamps flash as configured"),
        new("C-FAULT-02", "4", "A plan in a fault is refused as FAULT"),
        new("C-FAULT-03", "4", "A mode request in a fault is refused as FAULT"),
        new("C-FAULT-04", "3", "An alarm begins with a fault and ends with it"),
        new("C-FAULT-05", "6", "Released at the cabinet, it starts as configured, and the mode is LOCAL"),
        new("C-FAULT-06", "6", "A frame reports a violation only in a fault, until the release"),

        new("C-ALARM-01", "3", "Orders that fail the signature or the grammar raise FORGED_ORDERS"),
        new("C-ALARM-02", "3", "FORGED_ORDERS ends 60 s after the last such order"),
        new("C-ALARM-03", "3", "Alarms that stand are said again when the link is back"),
        new("C-ALARM-04", "8", "An alarm keeps the grammar"),

        new("C-PRIO-01", "7", "A priority request begins as REQUESTED, for a group that exists"),
        new("C-PRIO-02", "4", "An answer to a request that runs is ACCEPTED"),
        new("C-PRIO-03", "4", "An answer to a request that does not exist is NOT_SUPPORTED"),
        new("C-PRIO-04", "7", "The controller grants nothing by itself"),
        new("C-PRIO-05", "8", "A priority request keeps the grammar"),
        new("C-PRIO-06", "7", "A rejection that says why is ACCEPTED, and ends the request"),

        new("C-BACK-01", "3", "All frames of an outage come with the backlog, each once, oldest first"),
        new("C-BACK-02", "3", "A backlog message has at most 60 frames, and at most one comes a second"),
        new("C-BACK-03", "3", "The last backlog message, and no other, says done"),
        new("C-BACK-04", "3", "The frames of a backlog bear their own sequence and time"),
        new("C-BACK-05", "3", "At least 600 frames are held, the oldest are dropped"),
        new("C-BACK-06", "5", "Through an outage it runs on as the contract says: the plan to the end of its lease, then the local plan"),
        new("C-BACK-07", "8", "A backlog keeps the grammar"),
        new("C-SESS-01", "3", "It connects again by itself"),
        new("C-SESS-02", "1", "A retained order is ignored"),

        new("C-BOOT-01", "2", "Each start has another boot"),
        new("C-BOOT-02", "4", "An order from before a reboot is OTHER_BOOT"),
        new("C-BOOT-03", "4", "The highest epoch outlives a reboot: an older one is OLDER_EPOCH after it"),
        new("C-BOOT-04", "4", "After a reboot the server that is gets its plans accepted"),
        new("C-BOOT-05", "6", "From dark or flashing amber it starts as configured"),

        new("C-NOISE-01", "8", "After noise on all its topics it goes on each second and takes a good plan"),
    ];

    private static readonly HashSet<string> Ids = [.. Rules.Select(rule => rule.Id)];

    public static bool Knows(string id) => Ids.Contains(id);
}
