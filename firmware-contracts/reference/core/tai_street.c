#include "tai_street.h"

#include <string.h>

void tai_street_start(tai_street *street) {
    memset(street, 0, sizeof *street);
    for (size_t i = 0; i < TAI_MAX_DETECTORS; i++) street->detectors[i].validity = tai_v1_Validity_VALIDITY_NO_DATA;
}

static bool comes_before(const tai_v1_TrackedObject *a, const tai_v1_TrackedObject *b) {
    if (a->lane != b->lane) return a->lane < b->lane;
    if (a->distance_decimetres != b->distance_decimetres) return a->distance_decimetres < b->distance_decimetres;
    return a->track < b->track;
}

void tai_street_see(tai_street *street, tai_v1_TrackedObject object) {
    size_t at = street->object_count;
    street->follows = true;
    if (at == TAI_MAX_OBJECTS) return;
    for (; at > 0 && comes_before(&object, &street->objects[at - 1]); at--) street->objects[at] = street->objects[at - 1];
    street->objects[at] = object;
    street->object_count++;
}

void tai_street_report(tai_street *street, const tai_configuration *configuration, tai_v1_Frame *frame) {
    frame->sensing = street->follows ? tai_v1_Sensing_SENSING_OBJECTS : tai_v1_Sensing_SENSING_LOOPS;
    frame->detectors_count = (pb_size_t)configuration->detectors;
    memcpy(frame->detectors, street->detectors, configuration->detectors * sizeof frame->detectors[0]);
    frame->objects_count = (pb_size_t)street->object_count;
    memcpy(frame->objects, street->objects, street->object_count * sizeof frame->objects[0]);
    street->object_count = 0;
    for (size_t i = 0; i < TAI_MAX_DETECTORS; i++) street->detectors[i] = (tai_v1_DetectorReading){tai_v1_Validity_VALIDITY_NO_DATA, 0, 0};
}

const tai_v1_PriorityRequest *tai_street_ask(tai_street *street, const tai_controller *controller, uint32_t group, tai_v1_ObjectClass by, uint32_t arrives) {
    if (group < 1 || group > controller->configuration->groups || street->request_count == TAI_MAX_REQUESTS) return NULL;
    tai_v1_PriorityRequest *request = &street->requests[street->request_count++];
    *request = (tai_v1_PriorityRequest)tai_v1_PriorityRequest_init_zero;
    request->boot = controller->boot;
    request->sequence = controller->sequence + 1;
    request->request = ++street->newest_request;
    request->group = group;
    request->class = by;
    request->arrives_in_seconds = arrives;
    request->state = tai_v1_PriorityState_PRIORITY_STATE_REQUESTED;
    return request;
}

static tai_v1_PriorityRequest *find(tai_street *street, uint32_t request) {
    for (size_t i = 0; i < street->request_count; i++)
        if (street->requests[i].request == request) return &street->requests[i];
    return NULL;
}

static void forget(tai_street *street, tai_v1_PriorityRequest *request) { *request = street->requests[--street->request_count]; }

void tai_street_load(tai_street *street, uint32_t request, uint32_t persons, int32_t late) {
    tai_v1_PriorityRequest *found = find(street, request);
    if (found == NULL) return;
    found->has_persons = found->has_late_seconds = true;
    found->persons = persons;
    found->late_seconds = late;
}

bool tai_street_cancel(tai_street *street, const tai_controller *controller, uint32_t request, tai_v1_PriorityRequest *cancelled) {
    tai_v1_PriorityRequest *found = find(street, request);
    if (found == NULL) return false;
    *cancelled = *found;
    cancelled->sequence = controller->sequence + 1;
    cancelled->state = tai_v1_PriorityState_PRIORITY_STATE_CANCELLED;
    forget(street, found);
    return true;
}

tai_outcome tai_take_priority(tai_controller *controller, tai_street *street, const tai_v1_PriorityAnswer *answer) {
    tai_v1_PriorityRequest *found = find(street, answer->request);
    tai_outcome outcome = tai_take_other(controller, tai_v1_OrderKind_ORDER_KIND_PRIORITY, &answer->head, found != NULL);
    if (outcome != tai_v1_Outcome_OUTCOME_ACCEPTED) return outcome;
    found->state = answer->state;
    if (answer->state >= tai_v1_PriorityState_PRIORITY_STATE_COMPLETED) forget(street, found);
    return outcome;
}
