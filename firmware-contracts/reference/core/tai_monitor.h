/* Watches only the lamps shown; knows nothing of phases, plans or wishes, and shares no code with the decider. What it has not seen is no
 * violation: a time counts only from a change that it saw. */
#ifndef TAI_MONITOR_H
#define TAI_MONITOR_H

#include "tai_configuration.h"

typedef struct {
    bool found;
    tai_v1_SafetyRule rule;
    /* From 0; other is -1 where the rule concerns one group. */
    int group;
    int other;
} tai_violation;

/* Seconds of the monitor's own count; TAI_UNSEEN if not seen. */
#define TAI_UNSEEN INT64_MIN
typedef struct {
    const tai_configuration *configuration;
    int64_t now;
    tai_lamp shown[TAI_MAX_GROUPS];
    int64_t green_since[TAI_MAX_GROUPS];
    int64_t flashing_since[TAI_MAX_GROUPS];
    int64_t amber_since[TAI_MAX_GROUPS];
    int64_t going_ended[TAI_MAX_GROUPS];
} tai_monitor;

void tai_monitor_start(tai_monitor *monitor, const tai_configuration *configuration);

/* Looks at the lamps of the next second; the first violation found. */
tai_violation tai_monitor_observe(tai_monitor *monitor, const tai_lamp *lamps);

/* The rule in a word. */
const char *tai_rule_name(tai_v1_SafetyRule rule);

#endif
