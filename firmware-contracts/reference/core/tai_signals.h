/* What the lamps show, and the decider: a wish and the state of one second give the state of the next. */
#ifndef TAI_SIGNALS_H
#define TAI_SIGNALS_H

#include "tai_configuration.h"

#define TAI_NONE (-1)

/* One street second: [second, second + 1). */
typedef struct {
    int64_t second;
    int phase;
    /* In a passage the phase that follows; in a start or a closing the phase itself; else TAI_NONE. */
    int next;
    uint32_t elapsed;
    uint64_t lamp_sequence;
    tai_lamp lamps[TAI_MAX_GROUPS];
    /* Seconds that each group has shown this, green and flashing green as one. */
    uint32_t lamp_seconds[TAI_MAX_GROUPS];
} tai_signals;

/* What the coming second shows. */
typedef struct {
    int phase;
    int next;
    uint32_t elapsed;
    const tai_lamp *lamps;
} tai_move;

/* What safety makes of a wish; any number is safe, TAI_NONE keeps what runs. The state must be one of phases and passages.
 * clears: the all red of a passage is to be lengthened, as far as the configuration allows. */
tai_move tai_choose(const tai_configuration *configuration, const tai_signals *state, int wanted, bool clears);

/* Moves on by one second. */
void tai_show(const tai_configuration *configuration, tai_signals *state, tai_move move);

/* The tables of a passage, from 0: how many seconds a group that is green still is, and after how many seconds (least at the least) a group
 * is green; TAI_NEVER if it does not end or begin. */
#define TAI_NEVER UINT32_MAX
uint32_t tai_green_until(const tai_configuration *configuration, int from, int to, size_t group);
uint32_t tai_green_from(const tai_configuration *configuration, int from, int to, size_t group, uint32_t least);

/* Seconds missing before the passage may begin with the coming second; 0 if it may. */
uint32_t tai_missing(const tai_configuration *configuration, const tai_signals *state, int to);

/* The first second at or after this one at which a phase may be left. */
int64_t tai_at_interval(const tai_configuration *configuration, int64_t second);

/* The phase that serves whoever would wait longer than the maximum red, or the choice itself: see tai_maximum_red.c. */
int tai_within_maximum_red(const tai_configuration *configuration, const tai_signals *state, int choice);

/* Whether every served group has waited so short that a whole round over all phases, in whatever order, would serve it within so many seconds. */
bool tai_is_far_from_limit(const tai_configuration *configuration, const tai_signals *state, uint32_t limit);

/* The passage shows its all red, has not been lengthened as much as it may, and whoever waits can still be served in time: see tai_all_red.c. */
bool tai_may_lengthen(const tai_configuration *configuration, const tai_signals *state);

/* Whether some phase serves the group. */
bool tai_is_served(const tai_configuration *configuration, size_t group);

#endif
