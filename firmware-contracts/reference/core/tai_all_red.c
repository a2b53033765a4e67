/* All red of a passage: its last second in which every group is red, but for those that stay green, and at least one is red that was green
 * before. That second is shown again while a plan asks for it, within the limits of the configuration. */
#include "tai_signals.h"

static bool is_all_red(const tai_configuration *c, int from, int to, const tai_lamp *lamps) {
    for (size_t g = 0; g < c->groups; g++) {
        bool stays = lamps[g] == tai_v1_Lamp_LAMP_GREEN && tai_is_green(c->phase[from].lamps[g]) && tai_is_green(c->phase[to].lamps[g]);
        if (!stays && lamps[g] != tai_v1_Lamp_LAMP_RED) return false;
    }
    return true;
}

/* Counted from 1, as elapsed; 0 where no second of the passage is all red. */
static uint32_t all_red_second(const tai_configuration *c, int from, int to) {
    const tai_sequence *passage = tai_passage(c, from, to);
    uint32_t second = 0, last = 0;
    for (uint16_t i = 0; i < passage->count; i++) {
        const tai_step *step = &c->step[passage->first + i];
        second += step->seconds;
        if (is_all_red(c, from, to, step->lamps)) last = second;
    }
    return last;
}

/* The first group that is red in this picture, and was green in the phase that is left; TAI_NONE if nobody has ended. */
static int ended_group(const tai_configuration *c, int from, const tai_lamp *lamps) {
    for (size_t g = 0; g < c->groups; g++)
        if (tai_is_green(c->phase[from].lamps[g]) && lamps[g] == tai_v1_Lamp_LAMP_RED) return (int)g;
    return TAI_NONE;
}

/* How long the passage alone has shown the group red by the end of this second, which is the last of a step. */
static uint32_t red_seconds(const tai_configuration *c, const tai_sequence *passage, uint32_t until, int group) {
    uint32_t red = 0;
    for (uint32_t i = 0, second = 0; second < until; i++) {
        const tai_step *step = &c->step[passage->first + i];
        second += step->seconds;
        red = step->lamps[group] == tai_v1_Lamp_LAMP_RED ? red + step->seconds : 0;
    }
    return red;
}

/* The age of a red tells by how much the second has been lengthened: no count of its own has to outlive anything. */
bool tai_may_lengthen(const tai_configuration *c, const tai_signals *state) {
    if (c->all_red_extension == 0 || state->next == TAI_NONE) return false;
    uint32_t second = all_red_second(c, state->phase, state->next);
    if (second == 0 || state->elapsed != second) return false;
    int group = ended_group(c, state->phase, state->lamps);
    if (group == TAI_NONE) return false;
    uint32_t first = red_seconds(c, tai_passage(c, state->phase, state->next), second, group);
    return state->lamp_seconds[group] < first + c->all_red_extension
        && (c->maximum_red == 0 || tai_is_far_from_limit(c, state, c->maximum_red - 1));
}
