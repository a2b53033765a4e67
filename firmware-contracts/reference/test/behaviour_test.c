/* Runs the scripts of the vectors: the controller must answer and show, second by second, what stands there. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "files.h"
#include "given.h"
#include "tai_controller.h"

static tai_configuration configuration;
static tai_controller controller;
static uint64_t saved;

static bool save(void *context, uint64_t epoch) {
    (void)context;
    saved = epoch;
    return true;
}

static void start(const char *rest, const uint8_t *checksum) {
    tai_boot boot;
    CHECK(sscanf(rest, "%" SCNu64 " %" SCNd64 " %" SCNu64 " %" SCNu64, &boot.boot, &boot.second, &boot.sequence, &boot.epoch) == 4, "%s", rest);
    saved = boot.epoch;
    tai_start(&controller, &configuration, checksum, boot, (tai_storage){NULL, save});
}

static void take(const char *line, const char *name, int number) {
    static uint8_t body[TAI_ORDER_BYTES];
    const char *hex = strchr(line, ' ') + 1;
    const char *expected = strchr(hex, ' ') + 1;
    long length = host_unhex(hex, (size_t)(expected - hex), body, sizeof body);
    tai_v1_Plan plan;
    tai_v1_ModeRequest mode;
    tai_outcome found;
    if (line[0] == 'p') {
        found = tai_read_plan(body, (size_t)length, &plan);
        if (found == tai_v1_Outcome_OUTCOME_ACCEPTED) found = tai_take_plan(&controller, &plan);
    } else {
        found = tai_read_mode(body, (size_t)length, &mode);
        if (found == tai_v1_Outcome_OUTCOME_ACCEPTED) found = tai_take_mode(&controller, &mode);
    }
    CHECK(strcmp(outcome_names[found], expected) == 0, "%s:%d: %s instead of %s", name, number, outcome_names[found], expected);
    CHECK(saved == controller.epoch, "%s:%d: epoch %" PRIu64 " was not kept", name, number, controller.epoch);
}

static void step(const char *line, const char *name, int number) {
    char lamps[TAI_MAX_GROUPS + 1] = "", shown[200];
    tai_v1_Frame frame;
    tai_step_second(&controller);
    tai_frame(&controller, &frame);
    for (pb_size_t g = 0; g < frame.lamps_count; g++) lamps[g] = "?-RuGfAo"[frame.lamps[g]];
    snprintf(shown, sizeof shown, "second %d %u %u %u %" PRIu64 " %s", (int)frame.mode, (unsigned)frame.phase, (unsigned)frame.next_phase,
             (unsigned)frame.elapsed, frame.lamp_sequence, lamps);
    CHECK(strcmp(shown, line) == 0, "%s:%d: '%s' instead of '%s'", name, number, shown, line);
}

static void run(const char *folder, const char *name) {
    char path[4096], line[8192];
    uint8_t checksum[TAI_CHECKSUM_BYTES];
    snprintf(path, sizeof path, "behaviour/%s.configuration.hex", name);
    CHECK(given_configuration(folder, path, &configuration, checksum), "the configuration of %s cannot be read", name);
    snprintf(path, sizeof path, "%s/behaviour/%s.script", folder, name);
    FILE *script = fopen(path, "r");
    CHECK(script != NULL, "%s cannot be read", path);
    for (int number = 1; script != NULL && check_failures < 20 && fgets(line, sizeof line, script) != NULL; number++) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "start ", 6) == 0) start(line + 6, checksum);
        else if (strncmp(line, "second ", 7) == 0) step(line, name, number);
        else if (strcmp(line, "off") == 0) tai_switch_off(&controller);
        else if (strcmp(line, "on") == 0) tai_switch_on(&controller);
        else if (strcmp(line, "fail") == 0) tai_fail(&controller);
        else if (strcmp(line, "release") == 0) tai_release(&controller);
        else take(line, name, number);
    }
    if (script != NULL) fclose(script);
}

int main(int count, char **arguments) {
    static const char *const names[] = {"four-arm", "four-arm-kz-s", "corridor-r", "four-arm-all-red", "all-red"};
    const char *folder = count > 1 ? arguments[1] : "vectors";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) run(folder, names[i]);
    CHECK(check_count > 2000, "only %d checks", check_count);
    return check_result();
}
