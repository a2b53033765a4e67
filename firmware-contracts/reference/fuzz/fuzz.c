/* Gives every decoder damaged messages: fuzz VECTORS SEED SECONDS. The same seed gives the same inputs. Sanitizers make a failure of whatever
 * should not be; built with -fsanitize=fuzzer, LLVMFuzzerTestOneInput is the target (first byte: which decoder). */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "files.h"
#include "hmac.h"
#include "tai_controller.h"

#define MOST_VECTORS 400
#define MOST_BYTES 40000

static const char *const kinds[] = {"up/presence", "up/configuration", "up/frame", "up/alarm", "up/priority", "up/reply", "up/backlog",
                                    "down/plan", "down/mode", "down/priority", "down/time"};
#define KINDS (sizeof kinds / sizeof kinds[0])

static tai_configuration configuration;
static uint8_t checksum[TAI_CHECKSUM_BYTES];

static bool save(void *context, uint64_t epoch) {
    (void)context;
    (void)epoch;
    return true;
}

/* What was read is also used: a controller obeys it for a while. */
static void obey(const tai_configuration *with, const tai_v1_Plan *plan, const tai_v1_ModeRequest *mode) {
    static tai_controller controller;
    uint64_t boot = plan != NULL ? plan->head.boot : mode != NULL ? mode->head.boot : 1;
    tai_start(&controller, with, plan != NULL ? plan->head.configuration.bytes : mode != NULL ? mode->head.configuration.bytes : checksum,
              (tai_boot){boot, 1000, plan != NULL ? plan->base_sequence : 1, 0}, (tai_storage){NULL, save});
    if (plan != NULL) tai_take_plan(&controller, plan);
    if (mode != NULL) tai_take_mode(&controller, mode);
    for (int second = 0; second < 40; second++) tai_step_second(&controller);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static tai_v1_Frame frame;
    static tai_v1_Envelope envelope;
    static tai_configuration other;
    static union {
        tai_v1_Presence presence;
        tai_v1_Alarm alarm;
        tai_v1_PriorityRequest request;
        tai_v1_Reply reply;
        tai_v1_Plan plan;
        tai_v1_ModeRequest mode;
        tai_v1_PriorityAnswer answer;
        tai_v1_TimeOrder time;
    } message;
    uint8_t key[TAI_KEY_BYTES] = {0};
    bool done;
    if (length == 0) return 0;
    size_t kind = bytes[0] % KINDS;
    bytes++;
    length--;
    const tai_outcome accepted = tai_v1_Outcome_OUTCOME_ACCEPTED;
    if (kind >= 7) tai_open_envelope(host_hmac, NULL, key, "t", bytes, length, &envelope);
    switch (kind) {
        case 0: return tai_read_presence(bytes, length, &message.presence) == accepted;
        case 1:
            if (tai_read_configuration(bytes, length, &other) != accepted) return 0;
            obey(&other, NULL, NULL);
            return 1;
        case 2: return tai_read_frame(bytes, length, &frame) == accepted;
        case 3: return tai_read_alarm(bytes, length, &message.alarm) == accepted;
        case 4: return tai_read_priority_request(bytes, length, &message.request) == accepted;
        case 5: return tai_read_reply(bytes, length, &message.reply) == accepted;
        case 6: return tai_read_backlog(bytes, length, &frame, &done) == accepted;
        case 7:
            if (tai_read_plan(bytes, length, &message.plan) != accepted) return 0;
            if (configuration.groups > 0) obey(&configuration, &message.plan, NULL);
            return 1;
        case 8:
            if (tai_read_mode(bytes, length, &message.mode) != accepted) return 0;
            if (configuration.groups > 0) obey(&configuration, NULL, &message.mode);
            return 1;
        case 9: return tai_read_priority_answer(bytes, length, &message.answer) == accepted;
        default: return tai_read_time(bytes, length, &message.time) == accepted;
    }
}

#ifndef TAI_LIBFUZZER
static struct {
    uint8_t kind;
    size_t length;
    uint8_t *bytes;
} vectors[MOST_VECTORS];
static size_t vector_count;
static uint64_t chance;

static uint32_t draw(uint32_t below) {
    chance += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = chance;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

static void keep_vector(const char *folder, const char *name, const char *kind) {
    static uint8_t bytes[MOST_BYTES];
    static tai_v1_Envelope envelope;
    char path[4096], topic[200];
    uint8_t key[TAI_KEY_BYTES];
    const uint8_t *from = bytes;
    for (uint8_t i = 0; i < TAI_KEY_BYTES; i++) key[i] = i;
    snprintf(path, sizeof path, "%s/%s.hex", folder, name);
    long length = host_read_hex(path, bytes, sizeof bytes);
    if (length < 0 || vector_count == MOST_VECTORS) return;
    for (uint8_t k = 0; k < KINDS; k++) {
        if (strcmp(kind, kinds[k]) != 0) continue;
        snprintf(topic, sizeof topic, "tai/v1/almaty/abay-dostyk/%s", kind);
        if (k >= 7 && tai_open_envelope(host_hmac, NULL, key, topic, bytes, (size_t)length, &envelope) == tai_v1_Outcome_OUTCOME_ACCEPTED) {
            from = envelope.body.bytes;
            length = envelope.body.size;
        }
        uint8_t *copy = malloc((size_t)length + 1);
        if (copy == NULL) return;
        memcpy(copy, from, (size_t)length);
        vectors[vector_count].kind = k;
        vectors[vector_count].length = (size_t)length;
        vectors[vector_count++].bytes = copy;
        if (strcmp(name, "configuration") == 0) {
            tai_read_configuration(copy, (size_t)length, &configuration);
            host_sha256(copy, (size_t)length, checksum);
        }
    }
}

static size_t damage(uint8_t *bytes, size_t length) {
    for (uint32_t edits = draw(6); edits > 0 && length > 0; edits--) {
        size_t at = draw((uint32_t)length), count = 1 + draw(8);
        switch (draw(6)) {
            case 0: bytes[at] = (uint8_t)draw(256); break;
            case 1: bytes[at] ^= (uint8_t)(1u << draw(8)); break;
            case 2: length = at; break;
            case 3:
                if (at + count > length) break;
                memmove(bytes + at, bytes + at + count, length - at - count);
                length -= count;
                break;
            case 4:
                if (at + count > length || length + count > MOST_BYTES) break;
                memmove(bytes + at + count, bytes + at, length - at);
                length += count;
                break;
            default: bytes[at] = draw(2) ? 0xff : 0x7f;
        }
    }
    return length;
}

int main(int count, char **arguments) {
    char path[4096], name[100], kind[100], outcome[100];
    static uint8_t bytes[MOST_BYTES + 1];
    if (count != 4) return fputs("usage: fuzz VECTORS SEED SECONDS\n", stderr), 2;
    snprintf(path, sizeof path, "%s/index.txt", arguments[1]);
    FILE *index = fopen(path, "r");
    while (index != NULL && fscanf(index, "%99s %99s %99s", name, kind, outcome) == 3) keep_vector(arguments[1], name, kind);
    if (index != NULL) fclose(index);
    if (vector_count == 0) return fprintf(stderr, "fuzz: %s: no vectors\n", path), 2;

    chance = strtoull(arguments[2], NULL, 10);
    time_t end = time(NULL) + atol(arguments[3]);
    unsigned long executions = 0, accepted = 0;
    while ((executions & 1023) != 0 || time(NULL) < end) {
        size_t which = draw((uint32_t)vector_count);
        bytes[0] = vectors[which].kind;
        memcpy(bytes + 1, vectors[which].bytes, vectors[which].length);
        accepted += (unsigned long)LLVMFuzzerTestOneInput(bytes, 1 + damage(bytes + 1, vectors[which].length));
        executions++;
    }
    for (size_t i = 0; i < vector_count; i++) free(vectors[i].bytes);
    printf("fuzz, seed %s: %lu executions over %zu vectors, %lu accepted\n", arguments[2], executions, vector_count, accepted);
    return 0;
}
#endif
