/* The alarms of a controller: a violation, a failed device, bad orders. */
#ifndef TAI_ALARMS_H
#define TAI_ALARMS_H

#include "tai_controller.h"

#define TAI_ALARMS 3

/* Seconds from the last bad order to the end of its alarm. */
#define TAI_FORGED_SECONDS 60

typedef struct {
    bool stands[TAI_ALARMS];
    uint32_t component[TAI_ALARMS];
    /* First frame at which bad orders are forgotten; 0 for none. */
    uint64_t forged_until;
} tai_alarms;

/* An order failed the signature or the grammar. */
void tai_alarms_forged(tai_alarms *alarms, const tai_controller *controller);

/* Writes what has begun or ended by the newest frame into changes, which has room for TAI_ALARMS; returns how many. */
size_t tai_alarms_look(tai_alarms *alarms, const tai_controller *controller, tai_v1_Alarm *changes);

/* The same for all that stands. */
size_t tai_alarms_standing(const tai_alarms *alarms, const tai_controller *controller, tai_v1_Alarm *standing);

#endif
