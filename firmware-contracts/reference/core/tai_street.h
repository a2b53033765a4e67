/* What the controller sees and hears of the street: detectors, objects, who asks for priority. A device fills it in each second. */
#ifndef TAI_STREET_H
#define TAI_STREET_H

#include "tai_controller.h"

#define TAI_MAX_DETECTORS 256
#define TAI_MAX_OBJECTS 512
#define TAI_MAX_REQUESTS 16

typedef struct {
    /* Of the second that is running. A detector that says nothing has no data. */
    tai_v1_DetectorReading detectors[TAI_MAX_DETECTORS];
    tai_v1_TrackedObject objects[TAI_MAX_OBJECTS];
    size_t object_count;
    /* The sensor follows vehicles; else loops count them. */
    bool follows;
    tai_v1_PriorityRequest requests[TAI_MAX_REQUESTS];
    size_t request_count;
    uint32_t newest_request;
} tai_street;

void tai_street_start(tai_street *street);

/* Adds an object; one more than there is room for is left out. */
void tai_street_see(tai_street *street, tai_v1_TrackedObject object);

/* Puts the readings into the frame, objects by lane, distance and track, and begins a new second. */
void tai_street_report(tai_street *street, const tai_configuration *configuration, tai_v1_Frame *frame);

/* Somebody asks for a group, from 1; NULL when there is no such group or too many ask. */
const tai_v1_PriorityRequest *tai_street_ask(tai_street *street, const tai_controller *controller, uint32_t group, tai_v1_ObjectClass by, uint32_t arrives);

/* How many persons are in the vehicle that asks, at most TAI_MAX_PERSONS, and how many seconds it is late, at most an hour; negative when it is early. */
void tai_street_load(tai_street *street, uint32_t request, uint32_t persons, int32_t late);

/* He asks no more. Returns false when the request had come to an end. */
bool tai_street_cancel(tai_street *street, const tai_controller *controller, uint32_t request, tai_v1_PriorityRequest *cancelled);

/* Takes an answer, or says why not. */
tai_outcome tai_take_priority(tai_controller *controller, tai_street *street, const tai_v1_PriorityAnswer *answer);

#endif
