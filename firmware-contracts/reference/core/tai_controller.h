/* The controller: executes plans second by second through its own decider, runs its local plan when no lease holds, and flashes amber when its
 * monitor sees a violation. No clock, no memory, no network: the host gives them. */
#ifndef TAI_CONTROLLER_H
#define TAI_CONTROLLER_H

#include "tai_monitor.h"
#include "tai_signals.h"

/* Keeps the highest epoch where a reboot does not reach it. save returns false when it could not: the plan is then not obeyed. */
typedef struct {
    void *context;
    bool (*save)(void *context, uint64_t epoch);
} tai_storage;

typedef enum { TAI_PHASES, TAI_FINISHING, TAI_CLOSING, TAI_FLASHING, TAI_STARTING } tai_activity;

typedef struct {
    const tai_configuration *configuration;
    uint8_t checksum[TAI_CHECKSUM_BYTES];
    tai_storage storage;
    uint64_t boot;
    /* Highest epoch ever obeyed. */
    uint64_t epoch;
    /* Highest sequence obeyed in that epoch, by kind; not of plans, which are compared with the one held. */
    uint64_t order_sequence[tai_v1_OrderKind_ORDER_KIND_TIME + 1];
    /* Sequence of the second that is shown; the frame after it has the next one. */
    uint64_t sequence;
    tai_v1_ControlMode mode;
    tai_activity activity;
    bool starts_again;
    tai_signals signals;
    tai_monitor monitor;
    tai_violation violation;
    uint64_t violation_sequence;
    bool has_plan;
    tai_v1_Plan plan;
    /* First sequence at which the plan is no longer obeyed. */
    uint64_t lease_end;
    /* First sequence at which OFF ends by itself; 0 for never. */
    uint64_t off_until;
} tai_controller;

/* What the host remembers and chooses at a start. */
typedef struct {
    /* Another one at every start; not 0. */
    uint64_t boot;
    /* The street second that is about to begin. */
    int64_t second;
    /* Of the coming second's frame; any number. */
    uint64_t sequence;
    /* As saved last; 0 for never. */
    uint64_t epoch;
} tai_boot;

/* Dark until the first step, which begins the start. checksum: SHA-256 of the configuration's bytes. */
void tai_start(tai_controller *controller, const tai_configuration *configuration, const uint8_t *checksum, tai_boot boot, tai_storage storage);

/* Moves on by one second. */
void tai_step_second(tai_controller *controller);

/* Takes an order that has kept its grammar, or says why not. What was held before stays held. The very same order again is harmless. */
tai_outcome tai_take_plan(tai_controller *controller, const tai_v1_Plan *plan);
tai_outcome tai_take_mode(tai_controller *controller, const tai_v1_ModeRequest *request);

/* The same for an order of another kind, with its head; is_for tells whether there is anything here that it is for. */
tai_outcome tai_take_other(tai_controller *controller, tai_v1_OrderKind kind, const tai_v1_OrderHead *head, bool is_for);

/* A person at the cabinet, and the device itself. */
void tai_switch_off(tai_controller *controller);
void tai_switch_on(tai_controller *controller);
void tai_release(tai_controller *controller);
void tai_fail(tai_controller *controller);

/* The frame after the second that is shown, without readings. */
void tai_frame(const tai_controller *controller, tai_v1_Frame *frame);

#endif
