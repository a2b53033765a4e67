/* The reference controller on a leash: a street second passes when it is told so, and orders and frames go through pipes. So a simulated street
 * can be driven by it second by second, and compared.
 *
 *   tai_lockstep CONFIGURATION BOOT SEQUENCE     a serialised tai.v1.Configuration; the sequence of the first frame, and its street second
 *
 * Standard input brings commands: a letter, the number of bytes that follow (4 bytes, little endian), these bytes.
 *   P  a tai.v1.Plan     answered by one byte, the outcome
 *   F  nothing           answered by the frame: the number of its bytes (4 bytes, little endian), these bytes
 *   S  nothing           a second passes; no answer */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "files.h"
#include "hmac.h"
#include "tai_controller.h"

static uint8_t room[TAI_MESSAGE_BYTES];

static bool keep(void *context, uint64_t epoch) {
    (void)context;
    (void)epoch;
    return true;
}

static bool read_length(size_t *length) {
    uint8_t bytes[4];
    if (fread(bytes, 1, sizeof bytes, stdin) != sizeof bytes) return false;
    *length = (size_t)bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 | (size_t)bytes[3] << 24;
    return *length <= sizeof room;
}

static void take_plan(tai_controller *controller, size_t length) {
    static tai_v1_Plan plan;
    tai_outcome outcome = tai_read_plan(room, length, &plan);
    if (outcome == tai_v1_Outcome_OUTCOME_ACCEPTED) outcome = tai_take_plan(controller, &plan);
    putchar((int)outcome);
}

static void tell_frame(const tai_controller *controller) {
    static tai_v1_Frame frame;
    tai_frame(controller, &frame);
    size_t length = tai_write(tai_v1_Frame_fields, &frame, room, sizeof room);
    for (int i = 0; i < 4; i++) putchar((int)(length >> 8 * i & 0xff));
    fwrite(room, 1, length, stdout);
}

int main(int count, char **arguments) {
    static uint8_t bytes[TAI_MAX_CONFIGURATION_BYTES];
    static tai_configuration configuration;
    static tai_controller controller;
    uint8_t checksum[TAI_CHECKSUM_BYTES];
    long read = count == 4 ? host_read(arguments[1], bytes, sizeof bytes) : -1;
    if (read <= 0 || tai_read_configuration(bytes, (size_t)read, &configuration) != tai_v1_Outcome_OUTCOME_ACCEPTED
        || !host_sha256(bytes, (size_t)read, checksum)) {
        fputs("usage: tai_lockstep CONFIGURATION BOOT SEQUENCE\n  a serialised tai.v1.Configuration that fits this device; two numbers\n", stderr);
        return 2;
    }
    uint64_t sequence = strtoull(arguments[3], NULL, 10);
    tai_start(&controller, &configuration, checksum, (tai_boot){strtoull(arguments[2], NULL, 10), (int64_t)sequence, sequence, 0}, (tai_storage){NULL, keep});
    int command;
    size_t length;
    while ((command = getchar()) != EOF && read_length(&length) && fread(room, 1, length, stdin) == length) {
        if (command == 'P') take_plan(&controller, length);
        else if (command == 'F') tell_frame(&controller);
        else if (command == 'S') tai_step_second(&controller);
        else return 2;
        fflush(stdout);
    }
    return 0;
}
