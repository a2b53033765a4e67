#include "tai_signals.h"

#include <string.h>

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

bool tai_is_served(const tai_configuration *c, size_t group) {
    for (size_t p = 0; p < c->phases; p++)
        if (tai_is_green(c->phase[p].lamps[group])) return true;
    return false;
}

uint32_t tai_green_until(const tai_configuration *c, int from, int to, size_t group) {
    const tai_sequence *passage = tai_passage(c, from, to);
    uint32_t second = 0;
    for (uint16_t i = 0; i < passage->count; i++) {
        const tai_step *step = &c->step[passage->first + i];
        if (!tai_is_green(step->lamps[group])) return second;
        second += step->seconds;
    }
    return tai_is_green(c->phase[to].lamps[group]) ? TAI_NEVER : second;
}

uint32_t tai_green_from(const tai_configuration *c, int from, int to, size_t group, uint32_t least) {
    const tai_sequence *passage = tai_passage(c, from, to);
    uint32_t second = 0;
    for (uint16_t i = 0; i < passage->count; i++) {
        const tai_step *step = &c->step[passage->first + i];
        uint32_t end = second + step->seconds;
        if (end > least && tai_is_green(step->lamps[group])) return second > least ? second : least;
        second = end;
    }
    return tai_is_green(c->phase[to].lamps[group]) ? second : TAI_NEVER;
}

/* Minimum of the phase, and of the groups that end in the passage. */
static int64_t missing_minimum(const tai_configuration *c, const tai_signals *state, int to) {
    int64_t missing = (int64_t)c->phase[state->phase].minimum - state->elapsed;
    for (size_t g = 0; g < c->groups; g++) {
        uint32_t until = tai_green_until(c, state->phase, to, g);
        if (tai_is_green(state->lamps[g]) && until != TAI_NEVER)
            missing = larger(missing, (int64_t)c->group[g].minimum_green - state->lamp_seconds[g] - until);
    }
    return missing;
}

/* For a group that starts so many seconds into the passage, against all that ended before it. */
static int64_t missing_intergreen(const tai_configuration *c, const tai_signals *state, int to, size_t group, uint32_t starts) {
    int64_t missing = 0;
    for (size_t foe = 0; foe < c->groups; foe++) {
        uint16_t intergreen = c->intergreen[foe][group];
        if (intergreen == 0 || tai_is_green(state->lamps[foe]) || tai_green_from(c, state->phase, to, foe, 0) <= starts) continue;
        int64_t since = state->lamp_seconds[foe] + (state->lamps[foe] == tai_v1_Lamp_LAMP_RED ? c->group[foe].red_after : 0);
        missing = larger(missing, (int64_t)intergreen - since - starts);
    }
    return missing;
}

uint32_t tai_missing(const tai_configuration *c, const tai_signals *state, int to) {
    int64_t missing = larger(0, missing_minimum(c, state, to));
    for (size_t g = 0; g < c->groups; g++) {
        uint32_t until = tai_green_until(c, state->phase, to, g);
        uint32_t starts = !tai_is_green(state->lamps[g]) ? tai_green_from(c, state->phase, to, g, 0)
            : until != TAI_NEVER ? tai_green_from(c, state->phase, to, g, until) : TAI_NEVER;
        if (starts != TAI_NEVER) missing = larger(missing, missing_intergreen(c, state, to, g, starts));
    }
    return (uint32_t)missing;
}

int64_t tai_at_interval(const tai_configuration *c, int64_t second) {
    int64_t rest = second % c->decision_interval;
    return rest == 0 ? second : second + (rest < 0 ? -rest : (int64_t)c->decision_interval - rest);
}

static tai_move hold(const tai_configuration *c, const tai_signals *state) {
    (void)c;
    return (tai_move){state->phase, TAI_NONE, state->elapsed + 1, state->lamps};
}

static tai_move leave(const tai_configuration *c, const tai_signals *state, int to) {
    const tai_sequence *passage = tai_passage(c, state->phase, to);
    if (passage->seconds == 0) return (tai_move){to, TAI_NONE, 1, c->phase[to].lamps};
    return (tai_move){state->phase, to, 1, tai_lamps_at(c, passage, 0)};
}

static tai_move go_on(const tai_configuration *c, const tai_signals *state) {
    const tai_sequence *passage = tai_passage(c, state->phase, state->next);
    if (state->elapsed >= passage->seconds) return (tai_move){state->next, TAI_NONE, 1, c->phase[state->next].lamps};
    return (tai_move){state->phase, state->next, state->elapsed + 1, tai_lamps_at(c, passage, state->elapsed)};
}

/* The only phase holds, or repeats with the local plan where it has a passage back to itself. */
static tai_move repeat(const tai_configuration *c, const tai_signals *state) {
    uint32_t passage = tai_passage(c, 0, 0)->seconds;
    bool comes = passage > 0 && tai_cycle_second(c, state->second + 1) == c->plan_start[0];
    return comes && (int64_t)state->elapsed >= (int64_t)c->cycle - passage && missing_minimum(c, state, 0) <= 0 ? leave(c, state, 0) : hold(c, state);
}

tai_move tai_choose(const tai_configuration *c, const tai_signals *state, int wanted, bool clears) {
    if (clears && tai_may_lengthen(c, state)) return (tai_move){state->phase, state->next, state->elapsed, state->lamps};
    if (state->next != TAI_NONE) return go_on(c, state);
    if (c->phases == 1) return repeat(c, state);
    int choice = wanted >= 0 && wanted < (int)c->phases ? wanted : state->phase;
    if (c->maximum_red > 0) choice = tai_within_maximum_red(c, state, choice);
    if (choice == state->phase) return hold(c, state);
    bool may = tai_missing(c, state, choice) == 0 && tai_at_interval(c, state->second + 1) == state->second + 1;
    return may ? leave(c, state, choice) : hold(c, state);
}

void tai_show(const tai_configuration *c, tai_signals *state, tai_move move) {
    bool changed = false;
    for (size_t g = 0; g < c->groups; g++) {
        tai_lamp before = state->lamps[g], now = move.lamps[g];
        bool lasts = before == now || (tai_is_green(before) && tai_is_green(now));
        changed = changed || before != now;
        state->lamp_seconds[g] = lasts ? state->lamp_seconds[g] + 1 : 1;
    }
    if (changed) state->lamp_sequence++;
    memmove(state->lamps, move.lamps, c->groups);
    state->second++;
    state->phase = move.phase;
    state->next = move.next;
    state->elapsed = move.elapsed;
}
