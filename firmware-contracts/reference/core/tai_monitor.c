#include "tai_monitor.h"

#include <string.h>

#define GREEN tai_v1_Lamp_LAMP_GREEN
#define FLASHING_GREEN tai_v1_Lamp_LAMP_FLASHING_GREEN
#define AMBER tai_v1_Lamp_LAMP_AMBER
#define RED tai_v1_Lamp_LAMP_RED
#define RED_AMBER tai_v1_Lamp_LAMP_RED_AMBER

static bool goes(tai_lamp lamp) { return lamp == GREEN || lamp == FLASHING_GREEN; }

static bool is_off(tai_lamp lamp) { return lamp == tai_v1_Lamp_LAMP_DARK || lamp == tai_v1_Lamp_LAMP_FLASHING_AMBER; }

static void find(tai_violation *violation, tai_v1_SafetyRule rule, size_t group, int other) {
    if (!violation->found) *violation = (tai_violation){true, rule, (int)group, other};
}

void tai_monitor_start(tai_monitor *m, const tai_configuration *configuration) {
    memset(m, 0, sizeof *m);
    m->configuration = configuration;
    m->now = TAI_UNSEEN;
}

static void conflicting_green(const tai_monitor *m, const tai_lamp *lamps, tai_violation *violation) {
    for (size_t a = 0; a < m->configuration->groups; a++)
        for (size_t b = a + 1; b < m->configuration->groups; b++)
            if (goes(lamps[a]) && goes(lamps[b]) && m->configuration->conflict[a][b])
                find(violation, tai_v1_SafetyRule_SAFETY_RULE_CONFLICTING_GREEN, a, (int)b);
}

/* Orders of lamps that no group may show. */
static bool is_forbidden(const tai_group *group, tai_lamp before, tai_lamp now) {
    if (goes(before) && now == RED) return group->is_vehicle && group->amber > 0;
    if (goes(before) && now == RED_AMBER) return true;
    if (before == FLASHING_GREEN && now == GREEN) return true;
    if (before == RED && now == AMBER) return group->is_vehicle;
    if (before == RED_AMBER && now == AMBER) return true;
    if (is_off(before) && (goes(now) || now == RED_AMBER)) return !group->off_at_times;
    return false;
}

static void end_of_green(tai_monitor *m, size_t g, tai_lamp now, tai_violation *violation) {
    const tai_group *group = &m->configuration->group[g];
    if (m->green_since[g] != TAI_UNSEEN && m->now - m->green_since[g] < group->minimum_green)
        find(violation, tai_v1_SafetyRule_SAFETY_RULE_SHORT_MINIMUM_GREEN, g, -1);
    int64_t flashed = m->shown[g] != FLASHING_GREEN ? 0 : m->flashing_since[g] == TAI_UNSEEN ? INT64_MAX : m->now - m->flashing_since[g];
    if (flashed < group->flashing_green) find(violation, tai_v1_SafetyRule_SAFETY_RULE_SHORT_FLASHING_GREEN, g, -1);
    m->going_ended[g] = m->now;
    m->green_since[g] = m->flashing_since[g] = TAI_UNSEEN;
    if (now == AMBER) m->amber_since[g] = m->now;
}

static void end_of(tai_monitor *m, size_t g, tai_lamp now, tai_violation *violation) {
    const tai_group *group = &m->configuration->group[g];
    tai_lamp before = m->shown[g];
    if (now == FLASHING_GREEN && before != FLASHING_GREEN) m->flashing_since[g] = m->now;
    if (goes(before) && !goes(now)) {
        end_of_green(m, g, now, violation);
    } else if (is_off(before) && !is_off(now)) {
        if (!group->off_at_times) m->going_ended[g] = m->now;
    } else if (before == AMBER && now != AMBER) {
        if (m->amber_since[g] != TAI_UNSEEN && m->now - m->amber_since[g] < group->amber)
            find(violation, tai_v1_SafetyRule_SAFETY_RULE_SHORT_AMBER, g, -1);
        m->amber_since[g] = TAI_UNSEEN;
    }
}

static void start_of(tai_monitor *m, size_t g, const tai_lamp *lamps, tai_violation *violation) {
    const tai_configuration *c = m->configuration;
    if (goes(m->shown[g]) || !goes(lamps[g])) return;
    m->green_since[g] = m->now;
    for (size_t foe = 0; foe < c->groups; foe++) {
        if (!c->meets[foe][g] || c->intergreen[foe][g] == 0 || m->going_ended[foe] == TAI_UNSEEN || goes(lamps[foe])) continue;
        if (m->now - m->going_ended[foe] < c->intergreen[foe][g])
            find(violation, tai_v1_SafetyRule_SAFETY_RULE_SHORT_INTERGREEN, foe, (int)g);
    }
}

tai_violation tai_monitor_observe(tai_monitor *m, const tai_lamp *lamps) {
    const tai_configuration *c = m->configuration;
    tai_violation violation = {false, tai_v1_SafetyRule_SAFETY_RULE_UNSPECIFIED, 0, -1};
    bool follows = m->now != TAI_UNSEEN;
    m->now = follows ? m->now + 1 : 0;
    conflicting_green(m, lamps, &violation);
    for (size_t g = 0; !follows && g < c->groups; g++)
        m->green_since[g] = m->flashing_since[g] = m->amber_since[g] = m->going_ended[g] = TAI_UNSEEN;
    for (size_t g = 0; follows && g < c->groups; g++)
        if (is_forbidden(&c->group[g], m->shown[g], lamps[g])) find(&violation, tai_v1_SafetyRule_SAFETY_RULE_FORBIDDEN_SEQUENCE, g, -1);
    for (size_t g = 0; follows && g < c->groups; g++) end_of(m, g, lamps[g], &violation);
    for (size_t g = 0; follows && g < c->groups; g++) start_of(m, g, lamps, &violation);
    memcpy(m->shown, lamps, c->groups);
    return violation;
}

const char *tai_rule_name(tai_v1_SafetyRule rule) {
    static const char *const names[] = {"no rule",     "conflicting green",  "short minimum green", "short intergreen",
                                        "short amber", "forbidden sequence", "short flashing green"};
    return rule >= 0 && (size_t)rule < sizeof names / sizeof names[0] ? names[rule] : "unknown rule";
}
