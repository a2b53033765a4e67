/* The monitor tells unsafe lamps from safe ones, and the controller keeps what it was told to keep. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "given.h"
#include "tai_controller.h"

static tai_configuration configuration;
static uint8_t checksum[TAI_CHECKSUM_BYTES];

/* Shows pictures a second each, one letter per group; the rule of the last one. */
static tai_v1_SafetyRule observe(const char *pictures) {
    tai_monitor monitor;
    tai_violation violation = {0};
    tai_monitor_start(&monitor, &configuration);
    for (const char *at = pictures; *at != 0; at += configuration.groups + (at[configuration.groups] == ' ')) {
        tai_lamp lamps[TAI_MAX_GROUPS] = {0};
        for (size_t g = 0; g < configuration.groups; g++) lamps[g] = (tai_lamp)(strchr("-RuGfAo", at[g]) - "-RuGfAo" + 1);
        violation = tai_monitor_observe(&monitor, lamps);
    }
    return violation.rule;
}

/* The configuration of the golden vectors: groups 1 and 2 conflict, intergreen 5 s, amber 3 s, minimum 7 s; group 3 is a crossing beside 1. */
static void the_monitor_finds(void) {
    CHECK(observe("RRR GRR GRR GRR GRR GRR GRR GRR ARR ARR ARR RRR RRR RGR") == tai_v1_SafetyRule_SAFETY_RULE_UNSPECIFIED, "safe");
    CHECK(observe("GGR") == tai_v1_SafetyRule_SAFETY_RULE_CONFLICTING_GREEN, "conflict");
    CHECK(observe("RRR GRR GRR ARR") == tai_v1_SafetyRule_SAFETY_RULE_SHORT_MINIMUM_GREEN, "minimum");
    CHECK(observe("GRR RRR") == tai_v1_SafetyRule_SAFETY_RULE_FORBIDDEN_SEQUENCE, "green to red");
    CHECK(observe("GRR ARR ARR RRR") == tai_v1_SafetyRule_SAFETY_RULE_SHORT_AMBER, "amber");
    CHECK(observe("GRR ARR ARR ARR RRR RGR") == tai_v1_SafetyRule_SAFETY_RULE_SHORT_INTERGREEN, "intergreen");
    CHECK(observe("GRG GRf GRf GRR") == tai_v1_SafetyRule_SAFETY_RULE_SHORT_FLASHING_GREEN, "flashing green");
    CHECK(observe("oo- GR-") == tai_v1_SafetyRule_SAFETY_RULE_FORBIDDEN_SEQUENCE, "from off to green");
}

static bool refuses(void *context, uint64_t epoch) {
    (void)context;
    (void)epoch;
    return false;
}

static bool keeps(void *context, uint64_t epoch) {
    *(uint64_t *)context = epoch;
    return true;
}

static tai_v1_Plan plan_for(const tai_controller *controller, uint64_t epoch) {
    tai_v1_Plan plan = tai_v1_Plan_init_zero;
    plan.has_head = true;
    plan.head.epoch = epoch;
    plan.head.sequence = 1;
    plan.head.boot = controller->boot;
    plan.head.configuration.size = TAI_CHECKSUM_BYTES;
    memcpy(plan.head.configuration.bytes, checksum, TAI_CHECKSUM_BYTES);
    plan.base_sequence = controller->sequence + 1;
    plan.base_lamps = controller->signals.lamp_sequence;
    plan.lease_seconds = 30;
    plan.entries_count = 1;
    plan.entries[0].phase = 2;
    return plan;
}

static void an_epoch_outlives_a_reboot(void) {
    tai_controller controller;
    uint64_t kept = 0;
    tai_start(&controller, &configuration, checksum, (tai_boot){1, 0, 1, 0}, (tai_storage){&kept, keeps});
    tai_v1_Plan plan = plan_for(&controller, 9);
    CHECK(tai_take_plan(&controller, &plan) == tai_v1_Outcome_OUTCOME_ACCEPTED && kept == 9, "epoch %u kept", (unsigned)kept);

    tai_start(&controller, &configuration, checksum, (tai_boot){2, 60, 1, kept}, (tai_storage){&kept, keeps});
    CHECK(tai_take_plan(&controller, &plan) == tai_v1_Outcome_OUTCOME_OTHER_BOOT, "from before the reboot");
    plan = plan_for(&controller, 8);
    CHECK(tai_take_plan(&controller, &plan) == tai_v1_Outcome_OUTCOME_OLDER_EPOCH, "of a server that was");
    plan = plan_for(&controller, 9);
    CHECK(tai_take_plan(&controller, &plan) == tai_v1_Outcome_OUTCOME_ACCEPTED, "of the server that is");

    tai_start(&controller, &configuration, checksum, (tai_boot){3, 90, 1, kept}, (tai_storage){NULL, refuses});
    plan = plan_for(&controller, 10);
    CHECK(tai_take_plan(&controller, &plan) == tai_v1_Outcome_OUTCOME_NOT_SUPPORTED && !controller.has_plan, "the epoch could not be kept");
}

/* A configuration whose passage is too short: the monitor must catch it in the second in which it would show, and flash. */
static void a_broken_decider_is_caught(void) {
    static tai_configuration broken;
    tai_controller controller;
    uint64_t kept = 0;
    broken = configuration;
    for (size_t i = 0; i < broken.passages; i++) broken.passage[i].seconds = broken.passage[i].count = 0;
    tai_start(&controller, &broken, checksum, (tai_boot){1, 0, 1, 0}, (tai_storage){&kept, keeps});
    int faults = 0;
    for (int second = 0; second < 200; second++) {
        tai_v1_Frame frame;
        tai_step_second(&controller);
        tai_frame(&controller, &frame);
        if (!frame.has_violation) continue;
        faults++;
        CHECK(frame.mode == tai_v1_ControlMode_CONTROL_MODE_FAULT && frame.lamps[0] == tai_v1_Lamp_LAMP_FLASHING_AMBER, "second %d", second);
        CHECK(frame.violation.seconds_ago == (uint64_t)faults, "%u s ago", (unsigned)frame.violation.seconds_ago);
        tai_v1_Plan plan = plan_for(&controller, 1);
        CHECK(tai_take_plan(&controller, &plan) == tai_v1_Outcome_OUTCOME_FAULT, "a plan in a fault");
    }
    CHECK(faults > 100, "%d seconds of fault", faults);
}

/* How a passage is shown: elapsed counts on, or stands while its all red is lengthened. */
typedef struct {
    tai_signals before;
    /* Seconds by which the passage that runs has been lengthened, and all together. */
    uint32_t more;
    uint32_t all;
    /* Seconds in which a plan asked and the limit had not been reached, and yet the passage went on from all red. */
    uint32_t denied;
} passage_watch;

static bool is_in_passage(const tai_signals *signals) { return signals->next != TAI_NONE && signals->next != signals->phase; }

/* From F1 to F2 the seventh second is all red. */
static bool leaves_all_red(const tai_signals *before, const tai_signals *now) { return now->phase == 0 && is_in_passage(now) && before->elapsed == 7 && now->elapsed == 8; }

static void watch_passage(passage_watch *watch, const tai_controller *controller, bool asked) {
    const tai_signals *before = &watch->before, *now = &controller->signals;
    size_t groups = controller->configuration->groups;
    bool same = is_in_passage(now) && now->phase == before->phase && now->next == before->next;
    bool stands = same && now->elapsed == before->elapsed;
    if (stands) {
        watch->all++;
        watch->more++;
        CHECK(asked, "second %d: lengthened though nobody asks", (int)now->second);
        CHECK(watch->more <= controller->configuration->all_red_extension, "second %d: lengthened by %u s", (int)now->second, (unsigned)watch->more);
        CHECK(memcmp(now->lamps, before->lamps, groups) == 0 && memcmp(now->lamps, "\2\2\2", groups) == 0, "second %d: not all red", (int)now->second);
    } else {
        CHECK(!same || now->elapsed == before->elapsed + 1, "second %d: elapsed %u after %u", (int)now->second, (unsigned)now->elapsed, (unsigned)before->elapsed);
        if (leaves_all_red(before, now) && asked && watch->more < controller->configuration->all_red_extension) watch->denied++;
        watch->more = 0;
    }
    watch->before = *now;
}

static void check_reds(const tai_controller *controller) {
    const tai_configuration *c = controller->configuration;
    if (controller->activity != TAI_PHASES || c->maximum_red == 0) return;
    for (size_t g = 0; g < c->groups; g++)
        CHECK(controller->signals.lamps[g] != tai_v1_Lamp_LAMP_RED || controller->signals.lamp_seconds[g] <= c->maximum_red, "group %u is red for %u s",
              (unsigned)g, (unsigned)controller->signals.lamp_seconds[g]);
}

static void order_at_random(tai_controller *controller, uint64_t sequence) {
    tai_v1_Plan plan = plan_for(controller, 1);
    plan.head.sequence = sequence;
    plan.entries[0].phase = (uint32_t)(rand() % 4);
    plan.entries[0].planned = rand() % 20 - 10;
    plan.lease_seconds = (uint32_t)(rand() % 40);
    plan.all_red_until = (uint32_t)(rand() % 2 * (rand() % 20));
    tai_take_plan(controller, &plan);
}

static void hand_at_random(tai_controller *controller) {
    int hand = rand() % 1000;
    if (hand < 2) tai_switch_off(controller);
    else if (hand < 8) tai_switch_on(controller);
    else if (hand < 9) tai_fail(controller);
    else if (hand < 20) tai_release(controller);
}

/* Whether the plan asks in the second that comes. */
static bool asks(const tai_controller *controller) {
    uint64_t newest = controller->sequence + 1;
    return controller->has_plan && newest < controller->lease_end && newest < controller->plan.base_sequence + controller->plan.all_red_until;
}

/* Random orders and hands: nothing that the controller shows is ever found unsafe, and all red is lengthened within the limits. */
static passage_watch nothing_unsafe_is_shown(uint32_t extension, uint32_t maximum_red) {
    static tai_configuration limited;
    tai_controller controller;
    uint64_t kept = 0, sequence = 0;
    limited = configuration;
    limited.all_red_extension = extension;
    limited.maximum_red = maximum_red;
    srand(7);
    tai_start(&controller, &limited, checksum, (tai_boot){1, 0, 1, 0}, (tai_storage){&kept, keeps});
    passage_watch watch = {.before = controller.signals};
    for (int second = 0; second < 200000 && check_failures < 20; second++) {
        if (rand() % 3 == 0) order_at_random(&controller, ++sequence);
        hand_at_random(&controller);
        bool asked = asks(&controller);
        tai_step_second(&controller);
        watch_passage(&watch, &controller, asked);
        check_reds(&controller);
        CHECK(!controller.violation.found, "second %d: %s", second, tai_rule_name(controller.violation.rule));
    }
    return watch;
}

static void all_red_is_lengthened_within_its_limits(void) {
    passage_watch never = nothing_unsafe_is_shown(0, 0), free = nothing_unsafe_is_shown(4, 0), bound = nothing_unsafe_is_shown(4, 60);
    CHECK(never.all == 0, "lengthened by %u s without configuration", (unsigned)never.all);
    CHECK(free.all > 1000 && free.denied == 0, "lengthened by %u s, denied %u times", (unsigned)free.all, (unsigned)free.denied);
    CHECK(bound.all > 100 && bound.denied > 100, "with a maximum red: lengthened by %u s, denied %u times", (unsigned)bound.all, (unsigned)bound.denied);
}

int main(int count, char **arguments) {
    const char *folder = count > 1 ? arguments[1] : "vectors";
    CHECK(given_configuration(folder, "configuration.hex", &configuration, checksum), "%s/configuration.hex", folder);
    if (check_failures == 0) {
        the_monitor_finds();
        an_epoch_outlives_a_reboot();
        a_broken_decider_is_caught();
        all_red_is_lengthened_within_its_limits();
    }
    return check_result();
}
