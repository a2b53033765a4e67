/* Keeps every red within its limit: a wish is granted only while all waiting groups could still be served in time after it, the longest
 * waiting first; else the phase that serves the longest waiting is taken. Everybody waits from red: this controller keeps no register of calls. */
#include <string.h>

#include "tai_signals.h"

#define NOT_RED INT64_MAX

/* A look ahead. */
typedef struct {
    const tai_configuration *c;
    int64_t red_since[TAI_MAX_GROUPS];
    bool waits[TAI_MAX_GROUPS];
    /* It waits since before the look ahead. */
    bool due[TAI_MAX_GROUPS];
    int phase;
    /* First second at which the phase may be left. */
    int64_t free;
} look;

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

static void begin(look *ahead, const tai_configuration *c, const tai_signals *state) {
    ahead->c = c;
    ahead->phase = state->phase;
    for (size_t g = 0; g < c->groups; g++) {
        bool red = state->lamps[g] == tai_v1_Lamp_LAMP_RED;
        ahead->red_since[g] = red ? state->second + 1 - state->lamp_seconds[g] : NOT_RED;
        ahead->waits[g] = ahead->due[g] = red && tai_is_served(c, g);
    }
}

static int next_urgent(const look *ahead, int64_t *since, int after) {
    int next = TAI_NONE;
    for (int g = 0; g < (int)ahead->c->groups; g++) {
        int64_t red = ahead->red_since[g];
        if (!ahead->waits[g] || red < *since || (red == *since && g <= after)) continue;
        if (next < 0 || red < ahead->red_since[next]) next = g;
    }
    if (next >= 0) *since = ahead->red_since[next];
    return next;
}

static size_t keep_those_that_serve(const look *ahead, bool *candidates, size_t group, size_t left) {
    size_t serve = 0;
    for (size_t p = 0; p < ahead->c->phases; p++)
        if (candidates[p] && tai_is_green(ahead->c->phase[p].lamps[group])) serve++;
    if (serve == 0 || serve == left) return left;
    for (size_t p = 0; p < ahead->c->phases; p++) candidates[p] = candidates[p] && tai_is_green(ahead->c->phase[p].lamps[group]);
    return serve;
}

/* Serves the most urgent group, of those the next urgent one if any can, and so on; then the shortest passage, then the first. */
static int best_phase(const look *ahead) {
    const tai_configuration *c = ahead->c;
    bool candidates[TAI_MAX_PHASES];
    size_t left = c->phases - 1;
    int64_t since = INT64_MIN;
    for (size_t p = 0; p < c->phases; p++) candidates[p] = (int)p != ahead->phase;
    for (int g = next_urgent(ahead, &since, -1); g >= 0 && left > 1; g = next_urgent(ahead, &since, g))
        left = keep_those_that_serve(ahead, candidates, (size_t)g, left);
    int best = TAI_NONE;
    for (int p = 0; p < (int)c->phases; p++)
        if (candidates[p] && (best < 0 || tai_passage(c, ahead->phase, p)->seconds < tai_passage(c, ahead->phase, best)->seconds)) best = p;
    return best;
}

/* The first second at which the passage may begin, for all that ended in earlier passages. */
static int64_t cleared_for(const look *ahead, int to) {
    const tai_configuration *c = ahead->c;
    int64_t cleared = INT64_MIN, passage = tai_passage(c, ahead->phase, to)->seconds;
    for (size_t g = 0; g < c->groups; g++) {
        if (!tai_is_green(c->phase[to].lamps[g]) || tai_is_green(c->phase[ahead->phase].lamps[g])) continue;
        for (size_t foe = 0; foe < c->groups; foe++)
            if (c->intergreen[foe][g] > 0 && ahead->red_since[foe] != NOT_RED)
                cleared = larger(cleared, ahead->red_since[foe] - c->group[foe].amber + c->intergreen[foe][g] - passage);
    }
    return cleared;
}

/* Goes to a phase as soon as it may; false when somebody that it serves has waited too long. */
static bool serve(look *ahead, int to) {
    const tai_configuration *c = ahead->c;
    int64_t leave = tai_at_interval(c, larger(ahead->free, cleared_for(ahead, to)));
    int64_t start = leave + tai_passage(c, ahead->phase, to)->seconds;
    int64_t service = c->phase[to].minimum;
    bool in_time = true;
    for (size_t g = 0; g < c->groups; g++) {
        if (!tai_is_green(c->phase[to].lamps[g])) {
            if (!tai_is_green(c->phase[ahead->phase].lamps[g])) continue;
            uint32_t until = tai_green_until(c, ahead->phase, to, g);
            ahead->red_since[g] = leave + (until == TAI_NEVER ? 0 : until) + c->group[g].amber;
            ahead->waits[g] = true;
            continue;
        }
        if (ahead->due[g] && start - ahead->red_since[g] > (int64_t)c->maximum_red) in_time = false;
        if (ahead->red_since[g] != NOT_RED) service = larger(service, c->group[g].minimum_green);
        ahead->waits[g] = ahead->due[g] = false;
        ahead->red_since[g] = NOT_RED;
    }
    ahead->phase = to;
    ahead->free = start + service;
    return in_time;
}

/* The coming second as it is when the choice is granted. */
static bool grant(look *ahead, const tai_signals *state, int choice) {
    const tai_configuration *c = ahead->c;
    int64_t next = state->second + 1;
    ahead->free = next + larger(1, (int64_t)c->phase[state->phase].minimum - state->elapsed);
    for (size_t g = 0; g < c->groups; g++)
        if (tai_is_green(state->lamps[g])) ahead->free = larger(ahead->free, next + c->group[g].minimum_green - state->lamp_seconds[g]);
    if (choice == state->phase || tai_at_interval(c, next) != next || tai_missing(c, state, choice) != 0) return true;
    ahead->free = next;
    return serve(ahead, choice);
}

static bool any(const bool *flags, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (flags[i]) return true;
    return false;
}

static bool is_in_time(look *ahead, const tai_signals *state, int choice) {
    if (!grant(ahead, state, choice)) return false;
    while (any(ahead->due, ahead->c->groups))
        if (!serve(ahead, best_phase(ahead))) return false;
    return true;
}

/* The longest that the phase and a passage to it can take in a round: whoever has begun with it, whoever has ended before. */
static uint32_t longest_turn(const tai_configuration *c, int phase, uint32_t longest_clearance) {
    uint32_t passage = 0, stay = c->phase[phase].minimum;
    for (int from = 0; from < (int)c->phases; from++)
        if (tai_passage(c, from, phase)->seconds > passage) passage = tai_passage(c, from, phase)->seconds;
    for (size_t g = 0; g < c->groups; g++)
        if (tai_is_green(c->phase[phase].lamps[g]) && c->group[g].minimum_green > stay) stay = c->group[g].minimum_green;
    return passage + (stay > longest_clearance ? stay : longest_clearance) + c->decision_interval;
}

/* No round over all phases at their minima takes longer, in whatever order. */
static uint32_t round_seconds(const tai_configuration *c) {
    uint32_t clearance = 0, round = 0;
    for (size_t a = 0; a < c->groups; a++)
        for (size_t b = 0; b < c->groups; b++)
            if (c->intergreen[a][b] > clearance) clearance = c->intergreen[a][b];
    for (int p = 0; p < (int)c->phases; p++) round += longest_turn(c, p, clearance);
    return round;
}

bool tai_is_far_from_limit(const tai_configuration *c, const tai_signals *state, uint32_t limit) {
    uint32_t round = round_seconds(c);
    for (size_t g = 0; g < c->groups; g++)
        if (state->lamps[g] == tai_v1_Lamp_LAMP_RED && tai_is_served(c, g) && (uint64_t)state->lamp_seconds[g] + round > limit) return false;
    return true;
}

int tai_within_maximum_red(const tai_configuration *c, const tai_signals *state, int choice) {
    look ahead;
    begin(&ahead, c, state);
    if (!any(ahead.waits, c->groups)) return choice;
    int urgent = best_phase(&ahead);
    return is_in_time(&ahead, state, choice) ? choice : urgent;
}
