/* What a controller holds about its intersection, laid out for the decider. Groups and phases count from 0 here. */
#ifndef TAI_CONFIGURATION_H
#define TAI_CONFIGURATION_H

#include "tai_wire.h"

#define TAI_MAX_GROUPS 64
#define TAI_MAX_PHASES 32
#define TAI_MAX_PLAN_STEPS 64
#define TAI_MAX_CONFIGURATION_BYTES 262144
/* Of all passages, closings and the start together. */
#define TAI_MAX_SEQUENCES_SECONDS 65536
#define TAI_MAX_ALL_RED_EXTENSION 10

/* Steps of all passages, closings and the start together; a device with less memory may lower it. */
#ifndef TAI_MAX_STEPS
#define TAI_MAX_STEPS 4096
#endif

/* Lamps as in the contract: tai_v1_Lamp. */
typedef uint8_t tai_lamp;

typedef struct {
    uint16_t seconds;
    tai_lamp lamps[TAI_MAX_GROUPS];
} tai_step;

/* Steps first to first + count - 1 of the pool. */
typedef struct {
    uint16_t first;
    uint16_t count;
    uint32_t seconds;
} tai_sequence;

typedef struct {
    bool is_vehicle;
    bool off_at_times;
    uint16_t minimum_green;
    uint16_t amber;
    uint16_t flashing_green;
    uint16_t red_after;
} tai_group;

typedef struct {
    tai_lamp lamps[TAI_MAX_GROUPS];
    uint16_t minimum;
    tai_sequence closing;
} tai_phase;

typedef struct {
    char intersection[101];
    size_t groups;
    tai_group group[TAI_MAX_GROUPS];
    /* Never green together. */
    bool conflict[TAI_MAX_GROUPS][TAI_MAX_GROUPS];
    /* The ways meet, with or without yielding. */
    bool meets[TAI_MAX_GROUPS][TAI_MAX_GROUPS];
    uint16_t intergreen[TAI_MAX_GROUPS][TAI_MAX_GROUPS];
    size_t phases;
    tai_phase phase[TAI_MAX_PHASES];
    size_t passages;
    /* Row by row, phases x phases. */
    tai_sequence passage[TAI_MAX_PHASES * TAI_MAX_PHASES];
    uint32_t cycle;
    uint32_t offset;
    size_t plan_steps;
    uint8_t plan_phase[TAI_MAX_PLAN_STEPS];
    uint16_t plan_start[TAI_MAX_PLAN_STEPS];
    uint32_t decision_interval;
    /* 0 for no limit. */
    uint32_t maximum_red;
    /* By so many seconds at most all red is lengthened. */
    uint32_t all_red_extension;
    tai_sequence start;
    tai_lamp flashing[TAI_MAX_GROUPS];
    tai_lamp dark[TAI_MAX_GROUPS];
    size_t detectors;
    size_t steps;
    tai_step step[TAI_MAX_STEPS];
} tai_configuration;

/* Reads a configuration. ACCEPTED, MALFORMED, or NOT_SUPPORTED when it needs more memory than this device has. */
tai_outcome tai_read_configuration(const uint8_t *bytes, size_t length, tai_configuration *configuration);

static inline bool tai_is_green(tai_lamp lamp) { return lamp == tai_v1_Lamp_LAMP_GREEN || lamp == tai_v1_Lamp_LAMP_FLASHING_GREEN; }

static inline const tai_sequence *tai_passage(const tai_configuration *c, int from, int to) {
    return &c->passage[(size_t)from * c->phases + (size_t)to];
}

/* What a sequence shows in its second, 0 to seconds - 1. */
const tai_lamp *tai_lamps_at(const tai_configuration *configuration, const tai_sequence *sequence, uint32_t second);

/* Second of the cycle of the local plan, and the phase that it wants. */
uint32_t tai_cycle_second(const tai_configuration *configuration, int64_t second);
int tai_local_phase(const tai_configuration *configuration, int64_t second);

#endif
