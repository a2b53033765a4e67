/* What the tests share. */
#ifndef TAI_TEST_CHECK_H
#define TAI_TEST_CHECK_H

#include <stdio.h>

static int check_failures;
static int check_count;

#define CHECK(holds, ...)                                   \
    do {                                                    \
        check_count++;                                      \
        if (!(holds)) {                                     \
            check_failures++;                               \
            printf("%s:%d: %s: ", __FILE__, __LINE__, #holds); \
            printf(__VA_ARGS__);                            \
            printf("\n");                                   \
        }                                                   \
    } while (0)

static inline int check_result(void) {
    printf("%d checks, %d failed\n", check_count, check_failures);
    return check_failures == 0 && check_count > 0 ? 0 : 1;
}

static const char *const outcome_names[] = {
    "UNSPECIFIED", "ACCEPTED", "STALE", "OLDER_EPOCH", "LEASE_EXPIRED", "UNKNOWN_PHASE", "WRONG_INTERSECTION", "FAULT",
    "OFF", "FORGED", "MALFORMED", "OTHER_BOOT", "UNKNOWN_BASE", "OTHER_CONFIGURATION", "NOT_SUPPORTED"};

#endif
