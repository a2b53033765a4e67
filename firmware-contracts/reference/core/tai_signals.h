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

/* What safety makes of a wish; any number is safe, TAI_NONE keeps what runs. The state must be one of phases and passages. */
tai_move tai_choose(const tai_configuration *configuration, const tai_signals *state, int wanted);

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

/* Whether some phase serves the group. */
bool tai_is_served(const tai_configuration *configuration, size_t group);

#endif
