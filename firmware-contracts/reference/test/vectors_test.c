/* Every golden vector comes to its outcome, and what was accepted is written back byte for byte. */
#include <string.h>

#include "check.h"
#include "files.h"
#include "hmac.h"
#include "tai_configuration.h"

static uint8_t payload[TAI_BACKLOG_BYTES];
static uint8_t again[TAI_BACKLOG_BYTES];
static tai_v1_Frame frame;
static tai_configuration configuration;

static union {
    tai_v1_Presence presence;
    tai_v1_Alarm alarm;
    tai_v1_PriorityRequest priority_request;
    tai_v1_Reply reply;
    tai_v1_Plan plan;
    tai_v1_ModeRequest mode;
    tai_v1_PriorityAnswer priority_answer;
    tai_v1_TimeOrder time;
} message;

/* Reads a message of a kind; fields and read are what it is written with again, NULL where that is not done. */
static tai_outcome read_kind(const char *kind, const uint8_t *bytes, size_t length, const pb_msgdesc_t **fields, const void **read) {
    bool done;
    *read = &message;
#define KIND(name, type, call) \
    if (strcmp(kind, name) == 0) return *fields = type##_fields, call
    KIND("up/presence", tai_v1_Presence, tai_read_presence(bytes, length, &message.presence));
    KIND("up/alarm", tai_v1_Alarm, tai_read_alarm(bytes, length, &message.alarm));
    KIND("up/priority", tai_v1_PriorityRequest, tai_read_priority_request(bytes, length, &message.priority_request));
    KIND("up/reply", tai_v1_Reply, tai_read_reply(bytes, length, &message.reply));
    KIND("down/plan", tai_v1_Plan, tai_read_plan(bytes, length, &message.plan));
    KIND("down/mode", tai_v1_ModeRequest, tai_read_mode(bytes, length, &message.mode));
    KIND("down/priority", tai_v1_PriorityAnswer, tai_read_priority_answer(bytes, length, &message.priority_answer));
    KIND("down/time", tai_v1_TimeOrder, tai_read_time(bytes, length, &message.time));
    *read = &frame;
    KIND("up/frame", tai_v1_Frame, tai_read_frame(bytes, length, &frame));
    *fields = NULL;
    if (strcmp(kind, "up/configuration") == 0) return tai_read_configuration(bytes, length, &configuration);
    if (strcmp(kind, "up/backlog") == 0) return tai_read_backlog(bytes, length, &frame, &done);
    return tai_v1_Outcome_OUTCOME_UNSPECIFIED;
}

static void check_vector(const char *folder, const char *name, const char *kind, const char *outcome) {
    char path[4096], topic[200];
    uint8_t key[TAI_KEY_BYTES];
    static tai_v1_Envelope envelope;
    const pb_msgdesc_t *fields;
    const void *read;
    for (uint8_t i = 0; i < TAI_KEY_BYTES; i++) key[i] = i;
    snprintf(path, sizeof path, "%s/%s.hex", folder, name);
    long length = host_read_hex(path, payload, sizeof payload);
    CHECK(length >= 0, "%s cannot be read", path);
    if (length < 0) return;

    const uint8_t *body = payload;
    size_t body_length = (size_t)length;
    tai_outcome found = tai_v1_Outcome_OUTCOME_ACCEPTED;
    if (strncmp(kind, "down/", 5) == 0) {
        snprintf(topic, sizeof topic, "tai/v1/almaty/abay-dostyk/%s", kind);
        found = tai_open_envelope(host_hmac, NULL, key, topic, payload, (size_t)length, &envelope);
        body = envelope.body.bytes;
        body_length = envelope.body.size;
    }
    if (found == tai_v1_Outcome_OUTCOME_ACCEPTED) found = read_kind(kind, body, body_length, &fields, &read);
    CHECK(strcmp(outcome_names[found], outcome) == 0, "%s: %s instead of %s", name, outcome_names[found], outcome);
    if (strcmp(outcome, "ACCEPTED") != 0 || fields == NULL || strcmp(name, "frame-unknown-field") == 0) return;
    size_t written = tai_write(fields, read, again, sizeof again);
    CHECK(written == body_length && memcmp(again, body, written) == 0, "%s: written back as other bytes", name);
}

int main(int count, char **arguments) {
    char path[4096], name[100], kind[100], outcome[100];
    const char *folder = count > 1 ? arguments[1] : "vectors";
    snprintf(path, sizeof path, "%s/index.txt", folder);
    FILE *index = fopen(path, "r");
    CHECK(index != NULL, "%s cannot be read", path);
    while (index != NULL && fscanf(index, "%99s %99s %99s", name, kind, outcome) == 3) check_vector(folder, name, kind, outcome);
    if (index != NULL) fclose(index);
    CHECK(check_count > 80, "only %d checks", check_count);
    return check_result();
}
