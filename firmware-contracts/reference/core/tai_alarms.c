#include "tai_alarms.h"

#include <stdio.h>

static const tai_v1_Alarm_Kind kinds[TAI_ALARMS] = {tai_v1_Alarm_Kind_KIND_VIOLATION, tai_v1_Alarm_Kind_KIND_LAMP, tai_v1_Alarm_Kind_KIND_FORGED_ORDERS};
static const char *const texts[TAI_ALARMS] = {"the monitor has found a violation", "the device has failed and flashes", "orders that fail the signature or the grammar"};

static tai_v1_Alarm alarm_of(const tai_alarms *alarms, const tai_controller *controller, size_t kind) {
    tai_v1_Alarm alarm = tai_v1_Alarm_init_zero;
    alarm.boot = controller->boot;
    alarm.sequence = controller->sequence + 1;
    alarm.kind = kinds[kind];
    alarm.active = alarms->stands[kind];
    alarm.component = alarms->component[kind];
    snprintf(alarm.text, sizeof alarm.text, "%s", texts[kind]);
    return alarm;
}

void tai_alarms_forged(tai_alarms *alarms, const tai_controller *controller) { alarms->forged_until = controller->sequence + 1 + TAI_FORGED_SECONDS; }

size_t tai_alarms_look(tai_alarms *alarms, const tai_controller *controller, tai_v1_Alarm *changes) {
    bool fault = controller->mode == tai_v1_ControlMode_CONTROL_MODE_FAULT, violation = controller->violation.found;
    bool now[TAI_ALARMS] = {violation, fault && !violation, controller->sequence + 1 < alarms->forged_until};
    size_t count = 0;
    for (size_t kind = 0; kind < TAI_ALARMS; kind++) {
        if (now[kind] == alarms->stands[kind]) continue;
        if (kind == 0 && now[kind]) alarms->component[kind] = (uint32_t)controller->violation.group + 1;
        alarms->stands[kind] = now[kind];
        changes[count++] = alarm_of(alarms, controller, kind);
    }
    return count;
}

size_t tai_alarms_standing(const tai_alarms *alarms, const tai_controller *controller, tai_v1_Alarm *standing) {
    size_t count = 0;
    for (size_t kind = 0; kind < TAI_ALARMS; kind++)
        if (alarms->stands[kind]) standing[count++] = alarm_of(alarms, controller, kind);
    return count;
}
