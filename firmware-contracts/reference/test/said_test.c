/* What the controller says beside frames: the backlog of an outage, alarms, readings, priority requests. */
#include <string.h>

#include "check.h"
#include "given.h"
#include "tai_alarms.h"
#include "tai_backlog.h"
#include "tai_street.h"

static tai_configuration configuration;
static uint8_t checksum[TAI_CHECKSUM_BYTES];
static tai_controller controller;
static tai_backlog backlog;
static tai_street street;
static tai_v1_Frame frame;
static uint8_t bytes[TAI_BACKLOG_BYTES];

static bool keeps(void *context, uint64_t epoch) {
    (void)context;
    (void)epoch;
    return true;
}

static void start(void) { tai_start(&controller, &configuration, checksum, (tai_boot){9, 100, 500, 0}, (tai_storage){NULL, keeps}); }

/* Keeps the frame of the next second; returns its sequence. */
static uint64_t keep_second(void) {
    tai_step_second(&controller);
    tai_frame(&controller, &frame);
    size_t length = tai_write(tai_v1_Frame_fields, &frame, bytes, sizeof bytes);
    tai_backlog_keep(&backlog, bytes, length);
    return frame.sequence;
}

/* Reads a message; the sequence of its last frame. */
static uint64_t last_of(size_t length, bool *done) {
    frame.sequence = 0;
    CHECK(tai_read_backlog(bytes, length, &frame, done) == tai_v1_Outcome_OUTCOME_ACCEPTED, "a message of %u bytes", (unsigned)length);
    return frame.sequence;
}

static void a_backlog_is_told_in_order(void) {
    start();
    memset(&backlog, 0, sizeof backlog);
    CHECK(tai_backlog_next(&backlog, bytes, sizeof bytes) == 0, "nothing is owed");
    uint64_t first = keep_second(), last = first;
    while (last < first + 129) last = keep_second();
    bool done;
    CHECK(last_of(tai_backlog_next(&backlog, bytes, sizeof bytes), &done) == first + 59 && !done, "the first sixty");
    CHECK(last_of(tai_backlog_next(&backlog, bytes, sizeof bytes), &done) == first + 119 && !done, "sixty more");
    CHECK(last_of(tai_backlog_next(&backlog, bytes, sizeof bytes), &done) == last && done, "the rest");
    CHECK(tai_backlog_next(&backlog, bytes, sizeof bytes) == 0, "all is told");
}

static void the_oldest_are_dropped(void) {
    start();
    memset(&backlog, 0, sizeof backlog);
    uint64_t last = 0;
    for (int second = 0; second < 40000; second++) last = keep_second();
    CHECK(backlog.frames >= 600 && backlog.used <= TAI_BACKLOG_ROOM, "%u frames in %u bytes", (unsigned)backlog.frames, (unsigned)backlog.used);
    uint64_t expected = last - backlog.frames;
    bool done = false;
    while (!done) {
        size_t held = backlog.frames, told = held < 60 ? held : 60;
        expected += told;
        CHECK(last_of(tai_backlog_next(&backlog, bytes, sizeof bytes), &done) == expected, "the next %u", (unsigned)told);
    }
    CHECK(expected == last, "to the newest");
}

static void alarms_begin_and_end(void) {
    static tai_alarms alarms;
    tai_v1_Alarm changes[TAI_ALARMS];
    start();
    tai_step_second(&controller);
    CHECK(tai_alarms_look(&alarms, &controller, changes) == 0, "nothing yet");
    tai_fail(&controller);
    CHECK(tai_alarms_look(&alarms, &controller, changes) == 1 && changes[0].active && changes[0].kind == tai_v1_Alarm_Kind_KIND_LAMP, "the device");
    CHECK(tai_alarms_look(&alarms, &controller, changes) == 0 && tai_alarms_standing(&alarms, &controller, changes) == 1, "it stands");
    tai_release(&controller);
    CHECK(tai_alarms_look(&alarms, &controller, changes) == 1 && !changes[0].active, "released");
    tai_alarms_forged(&alarms, &controller);
    int seconds = 0;
    for (; seconds < 100; seconds++) {
        size_t count = tai_alarms_look(&alarms, &controller, changes);
        if (seconds == 0) CHECK(count == 1 && changes[0].kind == tai_v1_Alarm_Kind_KIND_FORGED_ORDERS && changes[0].active, "bad orders");
        else if (count > 0) break;
        tai_step_second(&controller);
    }
    CHECK(seconds == TAI_FORGED_SECONDS && !changes[0].active, "forgotten after %d s", seconds);
}

static void readings_are_of_one_second(void) {
    start();
    tai_street_start(&street);
    street.detectors[1] = (tai_v1_DetectorReading){tai_v1_Validity_VALIDITY_VALID, 2, 300};
    tai_street_see(&street, (tai_v1_TrackedObject){1, 50, 0, tai_v1_ObjectClass_OBJECT_CLASS_CAR, 7});
    tai_street_see(&street, (tai_v1_TrackedObject){0, 90, 0, tai_v1_ObjectClass_OBJECT_CLASS_BUS, 8});
    tai_street_see(&street, (tai_v1_TrackedObject){0, 10, 0, tai_v1_ObjectClass_OBJECT_CLASS_CAR, 9});
    tai_frame(&controller, &frame);
    tai_street_report(&street, &configuration, &frame);
    CHECK(frame.detectors_count == configuration.detectors && frame.detectors[1].count == 2, "%u readings", (unsigned)frame.detectors_count);
    CHECK(frame.detectors[0].validity == tai_v1_Validity_VALIDITY_NO_DATA, "who says nothing has no data");
    CHECK(frame.objects_count == 3 && frame.objects[0].track == 9 && frame.objects[1].track == 8 && frame.objects[2].track == 7, "by lane and distance");
    tai_street_report(&street, &configuration, &frame);
    CHECK(frame.objects_count == 0 && frame.detectors[1].validity == tai_v1_Validity_VALIDITY_NO_DATA, "gone with its second");
}

static tai_v1_PriorityAnswer answer_of(uint32_t request, uint64_t sequence, tai_v1_PriorityState state) {
    tai_v1_PriorityAnswer answer = tai_v1_PriorityAnswer_init_zero;
    answer.has_head = true;
    answer.head = (tai_v1_OrderHead){.epoch = 1, .sequence = sequence, .boot = controller.boot, .configuration = {.size = TAI_CHECKSUM_BYTES}};
    memcpy(answer.head.configuration.bytes, checksum, TAI_CHECKSUM_BYTES);
    answer.request = request;
    answer.state = state;
    return answer;
}

static void requests_run_to_their_end(void) {
    start();
    tai_street_start(&street);
    tai_v1_PriorityRequest cancelled;
    const tai_v1_PriorityRequest *asked = tai_street_ask(&street, &controller, 2, tai_v1_ObjectClass_OBJECT_CLASS_BUS, 15);
    CHECK(asked != NULL && asked->request == 1 && asked->state == tai_v1_PriorityState_PRIORITY_STATE_REQUESTED, "asked");
    CHECK(tai_street_ask(&street, &controller, 60, tai_v1_ObjectClass_OBJECT_CLASS_BUS, 15) == NULL, "no such group");
    tai_street_load(&street, 1, 45, -20);
    CHECK(asked->has_persons && asked->persons == 45 && asked->has_late_seconds && asked->late_seconds == -20, "how full and how late");
    tai_v1_PriorityAnswer other = answer_of(7, 1, tai_v1_PriorityState_PRIORITY_STATE_QUEUED);
    CHECK(tai_take_priority(&controller, &street, &other) == tai_v1_Outcome_OUTCOME_NOT_SUPPORTED, "no such request");
    tai_v1_PriorityAnswer activated = answer_of(1, 2, tai_v1_PriorityState_PRIORITY_STATE_ACTIVATED);
    CHECK(tai_take_priority(&controller, &street, &activated) == tai_v1_Outcome_OUTCOME_ACCEPTED, "activated");
    CHECK(tai_take_priority(&controller, &street, &activated) == tai_v1_Outcome_OUTCOME_STALE, "again");
    CHECK(tai_street_cancel(&street, &controller, 1, &cancelled) && cancelled.state == tai_v1_PriorityState_PRIORITY_STATE_CANCELLED, "cancelled");
    CHECK(!tai_street_cancel(&street, &controller, 1, &cancelled), "once");
    CHECK(tai_street_ask(&street, &controller, 2, tai_v1_ObjectClass_OBJECT_CLASS_BUS, 15) != NULL, "asked again");
    tai_v1_PriorityAnswer rejected = answer_of(2, 3, tai_v1_PriorityState_PRIORITY_STATE_REJECTED);
    rejected.refusal = tai_v1_PriorityRefusal_PRIORITY_REFUSAL_NOT_LATE;
    CHECK(tai_take_priority(&controller, &street, &rejected) == tai_v1_Outcome_OUTCOME_ACCEPTED && street.request_count == 0, "rejected");
}

int main(int count, char **arguments) {
    const char *folder = count > 1 ? arguments[1] : "vectors";
    CHECK(given_configuration(folder, "configuration.hex", &configuration, checksum), "%s/configuration.hex", folder);
    if (check_failures == 0) {
        a_backlog_is_told_in_order();
        the_oldest_are_dropped();
        alarms_begin_and_end();
        readings_are_of_one_second();
        requests_run_to_their_end();
    }
    return check_result();
}
