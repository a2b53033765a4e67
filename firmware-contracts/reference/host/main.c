/* The reference controller as a process: a second of the monotonic clock is a street second. What detectors it has is told by --street; the decider
 * knows of none: every group waits from red. */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/rand.h>

#include "files.h"
#include "hands.h"
#include "hmac.h"

static volatile sig_atomic_t stopping;

static void on_signal(int number) {
    (void)number;
    stopping = 1;
}

static void usage(void) {
    fputs("usage: tai_controller --configuration FILE --key FILE --state FILE --city NAME --intersection NAME [--host NAME] [--port N]\n"
          "                      [--ca FILE --cert FILE --cert-key FILE] [--pace MILLISECONDS] [--seconds N] [--street FILE]\n"
          "  --configuration  a serialised tai.v1.Configuration; --key  32 bytes in hexadecimal; --state  where the highest epoch is kept\n"
          "  --city, --intersection  as in the topics; --pace  of a street second, default 1000; --seconds  ends after so many\n"
          "  --street  a pipe or file of readings, requests and hands at the cabinet: see host/hands.h\n", stderr);
}

typedef struct {
    link_options link;
    const char *configuration;
    const char *key;
    const char *state;
    const char *street;
    long pace;
    long seconds;
} host_settings;

/* Returns false when an option is unknown, lacks its value, or a needed one is missing. */
static bool read_settings(int count, char **arguments, host_settings *to) {
    *to = (host_settings){.link = {.host = "127.0.0.1", .port = 1883}, .pace = 1000};
    for (int i = 1; i < count; i += 2) {
        const char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (value == NULL) return false;
        if (strcmp(name, "--configuration") == 0) to->configuration = value;
        else if (strcmp(name, "--key") == 0) to->key = value;
        else if (strcmp(name, "--state") == 0) to->state = value;
        else if (strcmp(name, "--city") == 0) to->link.city = value;
        else if (strcmp(name, "--intersection") == 0) to->link.intersection = value;
        else if (strcmp(name, "--host") == 0) to->link.host = value;
        else if (strcmp(name, "--port") == 0) to->link.port = atoi(value);
        else if (strcmp(name, "--ca") == 0) to->link.authority = value;
        else if (strcmp(name, "--cert") == 0) to->link.certificate = value;
        else if (strcmp(name, "--cert-key") == 0) to->link.certificate_key = value;
        else if (strcmp(name, "--pace") == 0) to->pace = atol(value);
        else if (strcmp(name, "--street") == 0) to->street = value;
        else if (strcmp(name, "--seconds") == 0) to->seconds = atol(value);
        else return false;
    }
    return to->configuration && to->key && to->state && to->link.city && to->link.intersection && to->pace > 0;
}

static bool save_epoch(void *context, uint64_t epoch) { return host_save_number(context, epoch); }

static tai_boot new_boot(const char *state) {
    tai_boot boot = {0, (int64_t)time(NULL), 1, host_load_number(state)};
    while (boot.boot == 0)
        if (RAND_bytes((unsigned char *)&boot.boot, sizeof boot.boot) != 1) abort();
    return boot;
}

static void run(tai_controller *controller, link_state *link, host_hands *hands, const host_settings *settings) {
    static tai_v1_Frame frame;
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (long second = 0; !stopping && (settings->seconds == 0 || second < settings->seconds); second++) {
        hands_work(hands, link);
        tai_step_second(controller);
        tai_frame(controller, &frame);
        tai_street_report(link->street, controller->configuration, &frame);
        link_second(link, &frame);

        next.tv_nsec += settings->pace % 1000 * 1000000;
        next.tv_sec += settings->pace / 1000 + next.tv_nsec / 1000000000;
        next.tv_nsec %= 1000000000;
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        long left = (long)(next.tv_sec - now.tv_sec) * 1000 + (next.tv_nsec - now.tv_nsec) / 1000000;
        if (left > 0) link_work(link, (int)left);
    }
}

int main(int count, char **arguments) {
    static uint8_t bytes[TAI_MAX_CONFIGURATION_BYTES];
    static tai_configuration configuration;
    static tai_controller controller;
    static tai_street street;
    static link_state link;
    host_settings settings;
    host_hands hands;
    uint8_t checksum[TAI_CHECKSUM_BYTES];
    if (!read_settings(count, arguments, &settings)) {
        usage();
        return 2;
    }
    long length = host_read(settings.configuration, bytes, sizeof bytes);
    if (length <= 0 || tai_read_configuration(bytes, (size_t)length, &configuration) != tai_v1_Outcome_OUTCOME_ACCEPTED) {
        fprintf(stderr, "tai_controller: %s: no configuration of contract v1 that fits this device. Write it anew.\n", settings.configuration);
        return 2;
    }
    if (host_read_hex(settings.key, settings.link.key, TAI_KEY_BYTES) != TAI_KEY_BYTES) {
        fprintf(stderr, "tai_controller: %s: a key has %d bytes in hexadecimal.\n", settings.key, TAI_KEY_BYTES);
        return 2;
    }
    if (!hands_open(&hands, settings.street)) {
        fprintf(stderr, "tai_controller: %s: cannot be read. Make a pipe with mkfifo.\n", settings.street);
        return 2;
    }
    if (!host_sha256(bytes, (size_t)length, checksum)) return 2;
    settings.link.configuration = bytes;
    settings.link.configuration_length = (size_t)length;
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    tai_start(&controller, &configuration, checksum, new_boot(settings.state), (tai_storage){(void *)settings.state, save_epoch});
    tai_street_start(&street);
    if (!link_open(&link, &settings.link, &controller, &street)) return 2;
    run(&controller, &link, &hands, &settings);
    link_close(&link);
    return 0;
}
