#include "tai_configuration.h"

#include <string.h>

#include <pb_decode.h>

#include "tai_grammar.h"

#define LONGEST_SECONDS 600

/* Where the reading of one message stands. */
typedef struct {
    tai_configuration *to;
    tai_sequence *sequence;
    bool no_room;
} reading;

static bool is_in(uint32_t value, uint32_t least, uint32_t most) { return value >= least && value <= most; }

static void copy_lamps(tai_lamp *to, const tai_v1_Lamp *from, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] = (tai_lamp)from[i];
}

/* How many groups there are is known when all is read; until then a lamp 0 marks the end of a picture. */
static bool read_step(pb_istream_t *stream, const pb_field_t *field, void **argument) {
    (void)field;
    reading *at = *argument;
    tai_v1_LampStep message = tai_v1_LampStep_init_zero;
    if (!pb_decode(stream, tai_v1_LampStep_fields, &message)) return false;
    if (!is_in(message.seconds, 1, LONGEST_SECONDS) || !tai_are_lamps(message.lamps, message.lamps_count, message.lamps_count)) return false;
    if (at->sequence->count == 64) return false;
    if (at->to->steps == TAI_MAX_STEPS) {
        at->no_room = true;
        return false;
    }
    if (at->sequence->count == 0) at->sequence->first = (uint16_t)at->to->steps;
    if (at->sequence->first + at->sequence->count != (int)at->to->steps) return false;
    tai_step *step = &at->to->step[at->to->steps++];
    memset(step, 0, sizeof *step);
    step->seconds = (uint16_t)message.seconds;
    copy_lamps(step->lamps, message.lamps, message.lamps_count);
    at->sequence->count++;
    at->sequence->seconds += message.seconds;
    return true;
}

static void begin(reading *at, tai_sequence *sequence, tai_v1_LampSequence *message) {
    *sequence = (tai_sequence){0, 0, 0};
    at->sequence = sequence;
    message->steps.funcs.decode = read_step;
    message->steps.arg = at;
}

static bool read_phase(pb_istream_t *stream, const pb_field_t *field, void **argument) {
    (void)field;
    reading *at = *argument;
    if (at->to->phases == TAI_MAX_PHASES) return false;
    tai_phase *phase = &at->to->phase[at->to->phases++];
    tai_v1_Phase message = tai_v1_Phase_init_zero;
    begin(at, &phase->closing, &message.closing);
    if (!pb_decode(stream, tai_v1_Phase_fields, &message)) return false;
    if (!tai_are_lamps(message.lamps, message.lamps_count, message.lamps_count) || !is_in(message.minimum_seconds, 1, LONGEST_SECONDS)) return false;
    memset(phase->lamps, 0, sizeof phase->lamps);
    copy_lamps(phase->lamps, message.lamps, message.lamps_count);
    phase->minimum = (uint16_t)message.minimum_seconds;
    return phase->closing.count > 0;
}

static bool read_passage(pb_istream_t *stream, const pb_field_t *field, void **argument) {
    (void)field;
    reading *at = *argument;
    if (at->to->passages == sizeof at->to->passage / sizeof at->to->passage[0]) return false;
    tai_v1_LampSequence message = tai_v1_LampSequence_init_zero;
    begin(at, &at->to->passage[at->to->passages++], &message);
    return pb_decode(stream, tai_v1_LampSequence_fields, &message);
}

static bool read_detector(pb_istream_t *stream, const pb_field_t *field, void **argument) {
    (void)field;
    reading *at = *argument;
    tai_v1_Detector message = tai_v1_Detector_init_zero;
    return ++at->to->detectors <= 256 && pb_decode(stream, tai_v1_Detector_fields, &message) && message.id[0] != 0
        && tai_is_line(message.id, sizeof message.id) && tai_is_word((int)message.kind, tai_v1_DetectorKind_DETECTOR_KIND_PUSH_BUTTON);
}

static bool take_groups(tai_configuration *to, const tai_v1_Configuration *from) {
    to->groups = from->groups_count;
    for (size_t i = 0; i < to->groups; i++) {
        const tai_v1_SignalGroup *group = &from->groups[i];
        if (!tai_is_word((int)group->kind, tai_v1_GroupKind_GROUP_KIND_PEDESTRIAN)) return false;
        if (!is_in(group->minimum_green, 1, LONGEST_SECONDS) || group->amber > LONGEST_SECONDS) return false;
        if (group->flashing_green > LONGEST_SECONDS || group->red_after > LONGEST_SECONDS) return false;
        to->group[i] = (tai_group){group->kind == tai_v1_GroupKind_GROUP_KIND_VEHICLE, group->off_at_times, (uint16_t)group->minimum_green,
                                   (uint16_t)group->amber, (uint16_t)group->flashing_green, (uint16_t)group->red_after};
    }
    return to->groups > 0;
}

static bool take_matrices(tai_configuration *to, const tai_v1_Configuration *from) {
    size_t groups = to->groups;
    if (from->conflicts_count != groups * groups || from->intergreens_count != groups * groups) return false;
    for (size_t a = 0; a < groups; a++) {
        for (size_t b = 0; b < groups; b++) {
            tai_v1_Conflict conflict = from->conflicts[a * groups + b];
            uint32_t intergreen = from->intergreens[a * groups + b];
            if (!tai_is_word((int)conflict, tai_v1_Conflict_CONFLICT_FULL) || conflict != from->conflicts[b * groups + a]) return false;
            if ((a == b && conflict != tai_v1_Conflict_CONFLICT_NONE) || intergreen > LONGEST_SECONDS) return false;
            to->conflict[a][b] = conflict == tai_v1_Conflict_CONFLICT_FULL;
            to->meets[a][b] = conflict != tai_v1_Conflict_CONFLICT_NONE;
            to->intergreen[a][b] = (uint16_t)intergreen;
        }
    }
    return true;
}

static bool take_plan(tai_configuration *to, const tai_v1_Configuration *from) {
    const tai_v1_LocalPlan *plan = &from->local_plan;
    if (!from->has_local_plan || !is_in(plan->cycle_seconds, 1, TAI_HOUR_SECONDS) || plan->offset_seconds >= TAI_DAY_SECONDS) return false;
    to->cycle = plan->cycle_seconds;
    to->offset = plan->offset_seconds;
    to->plan_steps = plan->steps_count;
    for (size_t i = 0; i < to->plan_steps; i++) {
        const tai_v1_PlanStep *step = &plan->steps[i];
        if (step->phase < 1 || step->phase > to->phases || step->start >= plan->cycle_seconds) return false;
        if (i > 0 && step->start <= plan->steps[i - 1].start) return false;
        to->plan_phase[i] = (uint8_t)(step->phase - 1);
        to->plan_start[i] = (uint16_t)step->start;
    }
    return to->plan_steps > 0;
}

/* Every picture has a lamp for each group and no more. */
static bool are_complete(const tai_lamp *lamps, size_t groups) {
    for (size_t i = 0; i < TAI_MAX_GROUPS; i++)
        if ((lamps[i] != 0) != (i < groups)) return false;
    return true;
}

static bool are_short(const tai_configuration *configuration) {
    uint32_t seconds = 0;
    for (size_t i = 0; i < configuration->steps; i++) seconds += configuration->step[i].seconds;
    return seconds <= TAI_MAX_SEQUENCES_SECONDS;
}

static bool take_pictures(tai_configuration *to, const tai_v1_Configuration *from) {
    if (!tai_are_lamps(from->flashing, from->flashing_count, to->groups) || !tai_are_lamps(from->dark, from->dark_count, to->groups)) return false;
    copy_lamps(to->flashing, from->flashing, to->groups);
    copy_lamps(to->dark, from->dark, to->groups);
    for (size_t i = 0; i < to->steps; i++)
        if (!are_complete(to->step[i].lamps, to->groups)) return false;
    for (size_t i = 0; i < to->phases; i++)
        if (!are_complete(to->phase[i].lamps, to->groups)) return false;
    return to->start.count > 0;
}

static bool take(tai_configuration *to, const tai_v1_Configuration *from) {
    memcpy(to->intersection, from->intersection, sizeof to->intersection);
    to->decision_interval = from->decision_interval;
    to->maximum_red = from->maximum_red;
    to->all_red_extension = from->all_red_extension;
    return from->intersection[0] != 0 && tai_is_line(from->intersection, sizeof from->intersection) && to->phases > 0
        && to->passages == to->phases * to->phases && is_in(to->decision_interval, 1, LONGEST_SECONDS) && to->maximum_red <= TAI_HOUR_SECONDS
        && to->all_red_extension <= TAI_MAX_ALL_RED_EXTENSION && take_groups(to, from) && take_matrices(to, from) && take_plan(to, from)
        && take_pictures(to, from) && are_short(to);
}

tai_outcome tai_read_configuration(const uint8_t *bytes, size_t length, tai_configuration *configuration) {
    tai_v1_Configuration message = tai_v1_Configuration_init_zero;
    reading at = {configuration, NULL, false};
    reading start = {configuration, NULL, false};
    if (length > TAI_MAX_CONFIGURATION_BYTES) return tai_v1_Outcome_OUTCOME_MALFORMED;
    memset(configuration, 0, sizeof *configuration);
    message.phases.funcs.decode = read_phase;
    message.passages.funcs.decode = read_passage;
    message.detectors.funcs.decode = read_detector;
    message.phases.arg = message.passages.arg = message.detectors.arg = &at;
    begin(&start, &configuration->start, &message.start);
    pb_istream_t stream = pb_istream_from_buffer(bytes, length);
    bool good = pb_decode(&stream, tai_v1_Configuration_fields, &message);
    if (at.no_room || start.no_room) return tai_v1_Outcome_OUTCOME_NOT_SUPPORTED;
    return good && take(configuration, &message) ? tai_v1_Outcome_OUTCOME_ACCEPTED : tai_v1_Outcome_OUTCOME_MALFORMED;
}

const tai_lamp *tai_lamps_at(const tai_configuration *configuration, const tai_sequence *sequence, uint32_t second) {
    const tai_step *step = &configuration->step[sequence->first];
    while (second >= step->seconds) second -= (step++)->seconds;
    return step->lamps;
}

uint32_t tai_cycle_second(const tai_configuration *configuration, int64_t second) {
    int64_t cycle = configuration->cycle;
    return (uint32_t)(((second - configuration->offset) % cycle + cycle) % cycle);
}

int tai_local_phase(const tai_configuration *configuration, int64_t second) {
    uint32_t now = tai_cycle_second(configuration, second);
    int wanted = configuration->plan_phase[configuration->plan_steps - 1];
    for (size_t i = 0; i < configuration->plan_steps && configuration->plan_start[i] <= now; i++) wanted = configuration->plan_phase[i];
    return wanted;
}
