#define _POSIX_C_SOURCE 200809L
#include "hands.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tai_grammar.h"

bool hands_open(host_hands *hands, const char *path) {
    *hands = (host_hands){.file = -1};
    /* Open for writing too, so that a pipe does not end when who wrote has gone. */
    if (path != NULL) hands->file = open(path, O_RDWR | O_NONBLOCK);
    return path == NULL || hands->file >= 0;
}

/* n: group, class, seconds to the arrival; after them persons and seconds late, if said. */
static bool ask(link_state *link, const unsigned n[5], int said) {
    if (n[1] < 1 || n[1] > tai_v1_ObjectClass_OBJECT_CLASS_OTHER || n[2] > 3600 || (said == 5 && (n[3] > TAI_MAX_PERSONS || n[4] > 3600))) return false;
    const tai_v1_PriorityRequest *request = tai_street_ask(link->street, link->controller, n[0], (tai_v1_ObjectClass)n[1], n[2]);
    if (request != NULL && said == 5) tai_street_load(link->street, request->request, n[3], (int32_t)n[4]);
    if (request != NULL) link_publish(link, "up/priority", tai_v1_PriorityRequest_fields, request, 1, false);
    return request != NULL;
}

static bool cancel(link_state *link, unsigned number) {
    tai_v1_PriorityRequest request;
    if (!tai_street_cancel(link->street, link->controller, number, &request)) return false;
    link_publish(link, "up/priority", tai_v1_PriorityRequest_fields, &request, 1, false);
    return true;
}

static bool see(tai_street *street, const unsigned n[5]) {
    if (n[0] > UINT16_MAX || n[1] > 2000 || n[2] > UINT16_MAX || n[3] < 1 || n[3] > tai_v1_ObjectClass_OBJECT_CLASS_OTHER) return false;
    tai_street_see(street, (tai_v1_TrackedObject){n[0], n[1], n[2], (tai_v1_ObjectClass)n[3], n[4]});
    return true;
}

static bool count(tai_street *street, const unsigned n[3]) {
    if (n[0] >= TAI_MAX_DETECTORS || n[1] > UINT8_MAX || n[2] > 1000) return false;
    street->detectors[n[0]] = (tai_v1_DetectorReading){tai_v1_Validity_VALIDITY_VALID, n[1], n[2]};
    return true;
}

static bool do_line(link_state *link, const char *line) {
    unsigned n[5];
    if (sscanf(line, "detector %u %u %u", &n[0], &n[1], &n[2]) == 3) return count(link->street, n);
    if (sscanf(line, "object %u %u %u %u %u", &n[0], &n[1], &n[2], &n[3], &n[4]) == 5) return see(link->street, n);
    int said = sscanf(line, "priority %u %u %u %u %u", &n[0], &n[1], &n[2], &n[3], &n[4]);
    if (said == 3 || said == 5) return ask(link, n, said);
    if (sscanf(line, "cancel %u", &n[0]) == 1) return cancel(link, n[0]);
    if (strcmp(line, "off") == 0) return tai_switch_off(link->controller), true;
    if (strcmp(line, "on") == 0) return tai_switch_on(link->controller), true;
    if (strcmp(line, "fail") == 0) return tai_fail(link->controller), true;
    if (strcmp(line, "release") == 0) return tai_release(link->controller), true;
    return line[0] == 0;
}

void hands_work(host_hands *hands, link_state *link) {
    char byte;
    while (hands->file >= 0 && read(hands->file, &byte, 1) == 1) {
        if (byte != '\n') {
            if (hands->length + 1 < sizeof hands->line) hands->line[hands->length++] = byte;
            continue;
        }
        hands->line[hands->length] = 0;
        hands->length = 0;
        if (!do_line(link, hands->line)) fprintf(stderr, "tai_controller: '%s' is left out: no such line, or out of range. See host/hands.h.\n", hands->line);
    }
}
