/* Rules that several messages share; true when kept. */
#ifndef TAI_GRAMMAR_H
#define TAI_GRAMMAR_H

#include "tai_wire.h"

#define TAI_DAY_SECONDS 86400
#define TAI_HOUR_SECONDS 3600
#define TAI_MAX_PERSONS 500

/* Counts stay below 2^62, street seconds below 2^37. */
static inline bool tai_is_count(uint64_t count) { return count < (UINT64_C(1) << 62); }

static inline bool tai_is_second(int64_t second) { return second >= 0 && second < (INT64_C(1) << 37); }

static inline bool tai_is_duration(uint32_t seconds) { return seconds >= 1 && seconds <= INT32_MAX; }

/* A word of an enumeration whose words count from 1. */
static inline bool tai_is_word(int word, int last) { return word >= 1 && word <= last; }

bool tai_is_clock(const tai_v1_WallClock *clock);

/* One line of UTF-8 in a field of room bytes: no control characters, no replacement character, nothing behind its end. */
bool tai_is_line(const char *text, size_t room);

/* So many lamps as there are groups, all of them known. */
bool tai_are_lamps(const tai_v1_Lamp *lamps, size_t count, size_t groups);

#endif
