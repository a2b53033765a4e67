#include "tai_controller.h"

#include <stdio.h>
#include <string.h>

#define LOCAL tai_v1_ControlMode_CONTROL_MODE_LOCAL
#define PLAN tai_v1_ControlMode_CONTROL_MODE_PLAN
#define FAULT tai_v1_ControlMode_CONTROL_MODE_FAULT
#define OFF tai_v1_ControlMode_CONTROL_MODE_OFF

static int first_phase(const tai_controller *c) { return c->configuration->plan_phase[0]; }

void tai_start(tai_controller *c, const tai_configuration *configuration, const uint8_t *checksum, tai_boot boot, tai_storage storage) {
    memset(c, 0, sizeof *c);
    c->configuration = configuration;
    memcpy(c->checksum, checksum, TAI_CHECKSUM_BYTES);
    c->storage = storage;
    c->boot = boot.boot;
    c->epoch = boot.epoch;
    c->sequence = boot.sequence - 1;
    c->mode = LOCAL;
    c->activity = TAI_FLASHING;
    c->starts_again = true;
    c->signals = (tai_signals){.second = boot.second - 1, .phase = first_phase(c), .next = TAI_NONE, .elapsed = 1};
    memcpy(c->signals.lamps, configuration->dark, sizeof configuration->dark);
    for (size_t g = 0; g < configuration->groups; g++) c->signals.lamp_seconds[g] = 1;
    tai_monitor_start(&c->monitor, configuration);
    tai_monitor_observe(&c->monitor, c->signals.lamps);
}

static bool is_off(const tai_controller *c) {
    for (size_t g = 0; g < c->configuration->groups; g++) {
        tai_lamp lamp = c->signals.lamps[g];
        if (lamp != tai_v1_Lamp_LAMP_FLASHING_AMBER && lamp != tai_v1_Lamp_LAMP_DARK) return false;
    }
    return true;
}

static void show_flashing(tai_controller *c) {
    tai_move move = {c->signals.phase, TAI_NONE, is_off(c) ? c->signals.elapsed + 1 : 1, c->configuration->flashing};
    tai_show(c->configuration, &c->signals, move);
}

/* The monitor sees it, so that it knows who comes back from it, but cannot ask for more. */
static void flash(tai_controller *c) {
    tai_monitor_observe(&c->monitor, c->configuration->flashing);
    show_flashing(c);
}

/* What the monitor lets pass, else flashing amber in the same second. */
static void show(tai_controller *c, tai_move move) {
    tai_violation violation = tai_monitor_observe(&c->monitor, move.lamps);
    if (!violation.found) {
        tai_show(c->configuration, &c->signals, move);
        return;
    }
    c->violation = violation;
    c->violation_sequence = c->sequence;
    c->mode = FAULT;
    c->lease_end = 0;
    show_flashing(c);
}

static void go_up(tai_controller *c) {
    uint32_t elapsed = c->activity == TAI_STARTING ? c->signals.elapsed : 0;
    const tai_sequence *start = &c->configuration->start;
    int first = first_phase(c);
    c->activity = TAI_STARTING;
    c->starts_again = false;
    if (elapsed < start->seconds) {
        show(c, (tai_move){first, first, elapsed + 1, tai_lamps_at(c->configuration, start, elapsed)});
        return;
    }
    c->activity = TAI_PHASES;
    show(c, (tai_move){first, TAI_NONE, 1, c->configuration->phase[first].lamps});
}

static void go_down(tai_controller *c) {
    uint32_t elapsed = c->activity == TAI_CLOSING ? c->signals.elapsed : 0;
    int phase = c->signals.phase;
    const tai_sequence *closing = &c->configuration->phase[phase].closing;
    bool ended = elapsed == closing->seconds;
    c->activity = ended ? TAI_FLASHING : TAI_CLOSING;
    if (ended) show(c, (tai_move){phase, TAI_NONE, 1, c->configuration->flashing});
    else show(c, (tai_move){phase, phase, elapsed + 1, tai_lamps_at(c->configuration, closing, elapsed)});
}

/* All that is green has had its minimum by the time the closing ends it. */
static bool may_close(const tai_controller *c) {
    const tai_configuration *configuration = c->configuration;
    const tai_phase *phase = &configuration->phase[c->signals.phase];
    if (c->signals.next != TAI_NONE || c->signals.elapsed < phase->minimum) return false;
    for (size_t g = 0; g < configuration->groups; g++) {
        if (!tai_is_green(c->signals.lamps[g])) continue;
        uint32_t green = c->signals.lamp_seconds[g];
        for (uint32_t s = 0; s < phase->closing.seconds && tai_is_green(tai_lamps_at(configuration, &phase->closing, s)[g]); s++) green++;
        if (green < configuration->group[g].minimum_green) return false;
    }
    return true;
}

static int64_t since_base_frame(const tai_controller *c) { return (int64_t)(c->sequence - c->plan.base_sequence); }

static int wanted_by_plan(const tai_controller *c) {
    int wanted = c->signals.next != TAI_NONE ? c->signals.next : c->signals.phase;
    int64_t since_base = since_base_frame(c);
    for (pb_size_t i = 0; i < c->plan.entries_count; i++)
        if (c->plan.entries[i].planned <= since_base) wanted = (int)c->plan.entries[i].phase - 1;
    return wanted;
}

static void show_wanted(tai_controller *c) {
    bool obeys = c->has_plan && c->sequence < c->lease_end;
    if (c->mode != OFF) c->mode = obeys ? PLAN : LOCAL;
    int running = c->signals.next != TAI_NONE ? c->signals.next : c->signals.phase;
    int wanted = c->activity == TAI_FINISHING ? running
        : obeys ? wanted_by_plan(c) : tai_local_phase(c->configuration, c->signals.second + 1);
    bool clears = obeys && since_base_frame(c) < (int64_t)c->plan.all_red_until;
    show(c, tai_choose(c->configuration, &c->signals, wanted, clears));
}

void tai_step_second(tai_controller *c) {
    c->sequence++;
    if (c->off_until != 0 && c->sequence >= c->off_until) tai_switch_on(c);
    if (c->mode == FAULT) flash(c);
    else if (c->activity == TAI_FLASHING && c->starts_again && is_off(c)) go_up(c);
    else if (c->activity == TAI_FLASHING) flash(c);
    else if (c->activity == TAI_STARTING) go_up(c);
    else if (c->activity == TAI_CLOSING || (c->activity == TAI_FINISHING && may_close(c))) go_down(c);
    else show_wanted(c);
}

static tai_outcome check_head(const tai_controller *c, const tai_v1_OrderHead *head) {
    if (head->boot != c->boot) return tai_v1_Outcome_OUTCOME_OTHER_BOOT;
    if (memcmp(head->configuration.bytes, c->checksum, TAI_CHECKSUM_BYTES) != 0) return tai_v1_Outcome_OUTCOME_OTHER_CONFIGURATION;
    return tai_v1_Outcome_OUTCOME_ACCEPTED;
}

/* The epoch is kept before the order acts. */
static bool keep_epoch(tai_controller *c, uint64_t epoch) {
    if (epoch == c->epoch) return true;
    if (!c->storage.save(c->storage.context, epoch)) return false;
    c->epoch = epoch;
    memset(c->order_sequence, 0, sizeof c->order_sequence);
    return true;
}

static bool is_same_plan(const tai_v1_Plan *a, const tai_v1_Plan *b) {
    bool same = a->head.epoch == b->head.epoch && a->head.sequence == b->head.sequence && a->base_sequence == b->base_sequence
        && a->base_lamps == b->base_lamps && a->lease_seconds == b->lease_seconds && a->committed_until == b->committed_until
        && a->decision == b->decision && a->all_red_until == b->all_red_until && a->entries_count == b->entries_count;
    for (pb_size_t i = 0; same && i < a->entries_count; i++) {
        const tai_v1_PlanEntry *x = &a->entries[i], *y = &b->entries[i];
        same = x->phase == y->phase && x->earliest == y->earliest && x->planned == y->planned && x->latest == y->latest;
    }
    return same;
}

static bool knows_phases(const tai_controller *c, const tai_v1_Plan *plan) {
    for (pb_size_t i = 0; i < plan->entries_count; i++)
        if (plan->entries[i].phase < 1 || plan->entries[i].phase > c->configuration->phases) return false;
    return plan->entries_count > 0;
}

tai_outcome tai_take_plan(tai_controller *c, const tai_v1_Plan *plan) {
    tai_outcome head = check_head(c, &plan->head);
    uint64_t next = c->sequence + 1;
    bool same = c->has_plan && is_same_plan(plan, &c->plan);
    if (head != tai_v1_Outcome_OUTCOME_ACCEPTED) return head;
    if (plan->base_sequence > next || plan->base_lamps > c->signals.lamp_sequence) return tai_v1_Outcome_OUTCOME_UNKNOWN_BASE;
    if (c->mode == FAULT) return tai_v1_Outcome_OUTCOME_FAULT;
    if (c->mode == OFF) return tai_v1_Outcome_OUTCOME_OFF;
    if (plan->head.epoch < c->epoch) return tai_v1_Outcome_OUTCOME_OLDER_EPOCH;
    if (c->has_plan && !same && plan->head.epoch == c->plan.head.epoch && plan->head.sequence <= c->plan.head.sequence)
        return tai_v1_Outcome_OUTCOME_STALE;
    uint64_t end = same ? c->lease_end : plan->base_sequence + plan->lease_seconds;
    if (next >= end) return tai_v1_Outcome_OUTCOME_LEASE_EXPIRED;
    if (!knows_phases(c, plan)) return tai_v1_Outcome_OUTCOME_UNKNOWN_PHASE;
    if (!keep_epoch(c, plan->head.epoch)) return tai_v1_Outcome_OUTCOME_NOT_SUPPORTED;
    c->has_plan = true;
    c->plan = *plan;
    c->lease_end = end;
    return tai_v1_Outcome_OUTCOME_ACCEPTED;
}

/* Whether an order other than a plan may be looked at. */
static tai_outcome judge_order(const tai_controller *c, tai_v1_OrderKind kind, const tai_v1_OrderHead *head) {
    tai_outcome outcome = check_head(c, head);
    if (outcome != tai_v1_Outcome_OUTCOME_ACCEPTED) return outcome;
    if (head->epoch < c->epoch) return tai_v1_Outcome_OUTCOME_OLDER_EPOCH;
    if (head->epoch == c->epoch && head->sequence <= c->order_sequence[kind]) return tai_v1_Outcome_OUTCOME_STALE;
    return outcome;
}

static bool obey(tai_controller *c, tai_v1_OrderKind kind, const tai_v1_OrderHead *head) {
    if (!keep_epoch(c, head->epoch)) return false;
    c->order_sequence[kind] = head->sequence;
    return true;
}

tai_outcome tai_take_other(tai_controller *c, tai_v1_OrderKind kind, const tai_v1_OrderHead *head, bool is_for) {
    tai_outcome outcome = judge_order(c, kind, head);
    if (outcome != tai_v1_Outcome_OUTCOME_ACCEPTED) return outcome;
    return is_for && obey(c, kind, head) ? tai_v1_Outcome_OUTCOME_ACCEPTED : tai_v1_Outcome_OUTCOME_NOT_SUPPORTED;
}

tai_outcome tai_take_mode(tai_controller *c, const tai_v1_ModeRequest *request) {
    tai_outcome outcome = judge_order(c, tai_v1_OrderKind_ORDER_KIND_MODE, &request->head);
    if (outcome != tai_v1_Outcome_OUTCOME_ACCEPTED) return outcome;
    /* A fault is released by a person at the cabinet only. */
    if (request->wish == tai_v1_ModeRequest_Wish_WISH_RELEASE) return tai_v1_Outcome_OUTCOME_NOT_SUPPORTED;
    if (c->mode == FAULT) return tai_v1_Outcome_OUTCOME_FAULT;
    if (!obey(c, tai_v1_OrderKind_ORDER_KIND_MODE, &request->head)) return tai_v1_Outcome_OUTCOME_NOT_SUPPORTED;
    if (request->wish == tai_v1_ModeRequest_Wish_WISH_ON) {
        tai_switch_on(c);
        return tai_v1_Outcome_OUTCOME_ACCEPTED;
    }
    tai_switch_off(c);
    c->off_until = request->expires_after_seconds == 0 ? 0 : c->sequence + 1 + request->expires_after_seconds;
    return tai_v1_Outcome_OUTCOME_ACCEPTED;
}

void tai_switch_off(tai_controller *c) {
    if (c->mode == FAULT) return;
    c->mode = OFF;
    c->lease_end = 0;
    c->off_until = 0;
    c->starts_again = false;
    if (c->activity == TAI_PHASES) c->activity = TAI_FINISHING;
    else if (c->activity == TAI_STARTING) c->activity = TAI_FLASHING;
}

void tai_switch_on(tai_controller *c) {
    c->off_until = 0;
    if (c->mode != OFF) return;
    c->mode = LOCAL;
    if (c->activity == TAI_FINISHING) c->activity = TAI_PHASES;
    else c->starts_again = true;
}

void tai_release(tai_controller *c) {
    if (c->mode != FAULT) return;
    c->mode = LOCAL;
    c->activity = TAI_FLASHING;
    c->starts_again = true;
    c->violation.found = false;
}

void tai_fail(tai_controller *c) {
    c->mode = FAULT;
    c->lease_end = 0;
}

static void add_violation(const tai_controller *c, tai_v1_Frame *frame) {
    tai_v1_Violation *to = &frame->violation;
    frame->has_violation = true;
    to->rule = c->violation.rule;
    to->group = (uint32_t)c->violation.group + 1;
    to->other_group = (uint32_t)(c->violation.other + 1);
    to->seconds_ago = frame->sequence - c->violation_sequence;
    snprintf(to->text, sizeof to->text, "%s: group %u", tai_rule_name(to->rule), (unsigned)to->group);
}

void tai_frame(const tai_controller *c, tai_v1_Frame *frame) {
    const tai_signals *shown = &c->signals;
    memset(frame, 0, sizeof *frame);
    frame->boot = c->boot;
    frame->sequence = c->sequence + 1;
    frame->second = shown->second + 1;
    frame->mode = c->mode;
    frame->phase = (uint32_t)shown->phase + 1;
    frame->next_phase = (uint32_t)(shown->next + 1);
    frame->elapsed = shown->elapsed;
    frame->lamp_sequence = shown->lamp_sequence;
    frame->lamps_count = frame->lamp_seconds_count = (pb_size_t)c->configuration->groups;
    for (size_t g = 0; g < c->configuration->groups; g++) {
        frame->lamps[g] = (tai_v1_Lamp)shown->lamps[g];
        frame->lamp_seconds[g] = shown->lamp_seconds[g];
    }
    frame->sensing = tai_v1_Sensing_SENSING_LOOPS;
    frame->cycle_second = tai_cycle_second(c->configuration, frame->second);
    if (c->violation.found) add_violation(c, frame);
    if (c->has_plan) {
        frame->has_plan = true;
        frame->plan = (tai_v1_OrderName){c->plan.head.epoch, c->plan.head.sequence};
    }
}
