#include "tai_wire.h"

#include <string.h>

#include <pb_decode.h>
#include <pb_encode.h>

#include "tai_grammar.h"

#define ACCEPTED tai_v1_Outcome_OUTCOME_ACCEPTED
#define MALFORMED tai_v1_Outcome_OUTCOME_MALFORMED
#define FORGED tai_v1_Outcome_OUTCOME_FORGED

static bool decode(const pb_msgdesc_t *fields, const uint8_t *bytes, size_t length, size_t most, void *message) {
    if (length > most) return false;
    pb_istream_t stream = pb_istream_from_buffer(bytes, length);
    return pb_decode(&stream, fields, message);
}

static tai_outcome judged(bool good) { return good ? ACCEPTED : MALFORMED; }

static bool same(const uint8_t *a, const uint8_t *b, size_t length) {
    uint8_t difference = 0;
    for (size_t i = 0; i < length; i++) difference |= (uint8_t)(a[i] ^ b[i]);
    return difference == 0;
}

tai_outcome tai_open_envelope(tai_hmac hmac, void *context, const uint8_t *key, const char *topic, const uint8_t *bytes, size_t length,
                              tai_v1_Envelope *envelope) {
    uint8_t mac[TAI_MAC_BYTES];
    *envelope = (tai_v1_Envelope)tai_v1_Envelope_init_zero;
    if (!decode(tai_v1_Envelope_fields, bytes, length, TAI_ORDER_BYTES, envelope) || envelope->mac.size != TAI_MAC_BYTES) return MALFORMED;
    /* The NUL at the end of the topic is the byte 0 between topic and body. */
    const tai_part parts[] = {{(const uint8_t *)topic, strlen(topic) + 1}, {envelope->body.bytes, envelope->body.size}};
    return hmac(context, key, parts, 2, mac) && same(mac, envelope->mac.bytes, TAI_MAC_BYTES) ? ACCEPTED : FORGED;
}

tai_outcome tai_read_presence(const uint8_t *bytes, size_t length, tai_v1_Presence *message) {
    *message = (tai_v1_Presence)tai_v1_Presence_init_zero;
    return judged(decode(tai_v1_Presence_fields, bytes, length, TAI_MESSAGE_BYTES, message)
                  && tai_is_word((int)message->state, tai_v1_Presence_State_STATE_OFFLINE) && message->boot != 0
                  && tai_is_line(message->firmware, sizeof message->firmware) && message->configuration.size == TAI_CHECKSUM_BYTES);
}

static bool are_signals(const tai_v1_Frame *frame) {
    if (frame->lamps_count == 0 || !tai_is_word((int)frame->mode, tai_v1_ControlMode_CONTROL_MODE_OFF)) return false;
    if (frame->phase < 1 || frame->phase > 32 || frame->next_phase > 32 || !tai_is_duration(frame->elapsed)) return false;
    if (!tai_is_count(frame->lamp_sequence) || !tai_are_lamps(frame->lamps, frame->lamps_count, frame->lamps_count)) return false;
    if (frame->lamp_seconds_count != frame->lamps_count) return false;
    for (pb_size_t i = 0; i < frame->lamp_seconds_count; i++)
        if (!tai_is_duration(frame->lamp_seconds[i])) return false;
    return true;
}

static bool is_violation(const tai_v1_Violation *violation, uint32_t groups) {
    return tai_is_word((int)violation->rule, tai_v1_SafetyRule_SAFETY_RULE_SHORT_FLASHING_GREEN) && violation->group >= 1
        && violation->group <= groups && violation->other_group <= groups && violation->seconds_ago >= 1
        && tai_is_count(violation->seconds_ago) && tai_is_line(violation->text, sizeof violation->text);
}

static bool is_object(const tai_v1_TrackedObject *seen) {
    return seen->lane <= UINT16_MAX && seen->distance_decimetres <= UINT16_MAX && seen->speed_decimetres_per_second <= UINT16_MAX
        && tai_is_word((int)seen->class, tai_v1_ObjectClass_OBJECT_CLASS_OTHER);
}

static bool is_reading(const tai_v1_DetectorReading *reading) {
    return reading->count <= UINT8_MAX && reading->occupancy_permille <= 1000 && tai_is_word((int)reading->validity, tai_v1_Validity_VALIDITY_FAULTY);
}

static bool are_readings(const tai_v1_Frame *frame) {
    if (!tai_is_word((int)frame->sensing, tai_v1_Sensing_SENSING_LOOPS) || frame->calls_count > frame->lamps_count) return false;
    for (pb_size_t i = 0; i < frame->objects_count; i++)
        if (!is_object(&frame->objects[i])) return false;
    for (pb_size_t i = 0; i < frame->detectors_count; i++)
        if (!is_reading(&frame->detectors[i])) return false;
    for (pb_size_t i = 0; i < frame->actuations_count; i++)
        if (frame->actuations[i].detector >= frame->detectors_count || frame->actuations[i].milliseconds >= 1000) return false;
    for (pb_size_t i = 0; i < frame->calls_count; i++)
        if (frame->calls[i].group < 1 || frame->calls[i].group > frame->lamps_count) return false;
    return true;
}

static bool is_order_name(const tai_v1_OrderName *name) { return tai_is_count(name->epoch) && tai_is_count(name->sequence); }

static bool is_frame(const tai_v1_Frame *frame) {
    return frame->boot != 0 && tai_is_count(frame->sequence) && tai_is_second(frame->second) && are_signals(frame) && are_readings(frame)
        && (!frame->has_violation || is_violation(&frame->violation, frame->lamps_count)) && (!frame->has_clock || tai_is_clock(&frame->clock))
        && frame->cycle_second < TAI_DAY_SECONDS && (!frame->has_plan || is_order_name(&frame->plan));
}

tai_outcome tai_read_frame(const uint8_t *bytes, size_t length, tai_v1_Frame *message) {
    memset(message, 0, sizeof *message);
    return judged(decode(tai_v1_Frame_fields, bytes, length, TAI_MESSAGE_BYTES, message) && is_frame(message));
}

tai_outcome tai_read_alarm(const uint8_t *bytes, size_t length, tai_v1_Alarm *message) {
    *message = (tai_v1_Alarm)tai_v1_Alarm_init_zero;
    return judged(decode(tai_v1_Alarm_fields, bytes, length, TAI_MESSAGE_BYTES, message) && message->boot != 0 && tai_is_count(message->sequence)
                  && tai_is_word((int)message->kind, tai_v1_Alarm_Kind_KIND_FORGED_ORDERS) && message->component <= 256
                  && tai_is_line(message->text, sizeof message->text) && (!message->has_clock || tai_is_clock(&message->clock)));
}

tai_outcome tai_read_priority_request(const uint8_t *bytes, size_t length, tai_v1_PriorityRequest *message) {
    *message = (tai_v1_PriorityRequest)tai_v1_PriorityRequest_init_zero;
    return judged(decode(tai_v1_PriorityRequest_fields, bytes, length, TAI_MESSAGE_BYTES, message) && message->boot != 0
                  && tai_is_count(message->sequence) && message->group >= 1 && message->group <= 64
                  && tai_is_word((int)message->class, tai_v1_ObjectClass_OBJECT_CLASS_OTHER) && message->arrives_in_seconds <= TAI_HOUR_SECONDS
                  && tai_is_word((int)message->state, tai_v1_PriorityState_PRIORITY_STATE_CANCELLED)
                  && message->late_seconds >= -TAI_HOUR_SECONDS && message->late_seconds <= TAI_HOUR_SECONDS && message->persons <= TAI_MAX_PERSONS);
}

tai_outcome tai_read_reply(const uint8_t *bytes, size_t length, tai_v1_Reply *message) {
    *message = (tai_v1_Reply)tai_v1_Reply_init_zero;
    return judged(decode(tai_v1_Reply_fields, bytes, length, TAI_MESSAGE_BYTES, message) && message->boot != 0 && tai_is_count(message->sequence)
                  && tai_is_word((int)message->kind, tai_v1_OrderKind_ORDER_KIND_TIME) && (!message->has_order || is_order_name(&message->order))
                  && tai_is_word((int)message->outcome, tai_v1_Outcome_OUTCOME_NOT_SUPPORTED) && tai_is_line(message->text, sizeof message->text));
}

typedef struct {
    tai_v1_Frame *scratch;
    size_t frames;
} backlog_reading;

static bool read_backlog_frame(pb_istream_t *stream, const pb_field_t *field, void **argument) {
    (void)field;
    backlog_reading *reading = *argument;
    memset(reading->scratch, 0, sizeof *reading->scratch);
    return ++reading->frames <= 60 && stream->bytes_left <= TAI_MESSAGE_BYTES && pb_decode(stream, tai_v1_Frame_fields, reading->scratch)
        && is_frame(reading->scratch);
}

tai_outcome tai_read_backlog(const uint8_t *bytes, size_t length, tai_v1_Frame *scratch, bool *done) {
    backlog_reading reading = {scratch, 0};
    tai_v1_Backlog message = tai_v1_Backlog_init_zero;
    message.frames.funcs.decode = read_backlog_frame;
    message.frames.arg = &reading;
    bool good = decode(tai_v1_Backlog_fields, bytes, length, TAI_BACKLOG_BYTES, &message);
    *done = message.done;
    return judged(good);
}

static bool is_head(bool present, const tai_v1_OrderHead *head) {
    return present && head->epoch >= 1 && tai_is_count(head->epoch) && head->sequence >= 1 && tai_is_count(head->sequence) && head->boot != 0
        && head->configuration.size == TAI_CHECKSUM_BYTES;
}

static bool is_offset(int32_t seconds) { return seconds >= -TAI_DAY_SECONDS && seconds <= TAI_DAY_SECONDS; }

static bool is_plan(const tai_v1_Plan *plan) {
    for (pb_size_t i = 0; i < plan->entries_count; i++) {
        const tai_v1_PlanEntry *entry = &plan->entries[i];
        if (!is_offset(entry->earliest) || !is_offset(entry->planned) || !is_offset(entry->latest)) return false;
    }
    return is_head(plan->has_head, &plan->head) && tai_is_count(plan->base_sequence) && tai_is_count(plan->base_lamps)
        && tai_is_count(plan->decision) && plan->lease_seconds <= TAI_HOUR_SECONDS
        && plan->all_red_until <= TAI_HOUR_SECONDS && is_offset(plan->committed_until);
}

tai_outcome tai_read_plan(const uint8_t *bytes, size_t length, tai_v1_Plan *message) {
    *message = (tai_v1_Plan)tai_v1_Plan_init_zero;
    return judged(decode(tai_v1_Plan_fields, bytes, length, TAI_ORDER_BYTES, message) && is_plan(message));
}

tai_outcome tai_read_mode(const uint8_t *bytes, size_t length, tai_v1_ModeRequest *message) {
    *message = (tai_v1_ModeRequest)tai_v1_ModeRequest_init_zero;
    return judged(decode(tai_v1_ModeRequest_fields, bytes, length, TAI_ORDER_BYTES, message) && is_head(message->has_head, &message->head)
                  && tai_is_word((int)message->wish, tai_v1_ModeRequest_Wish_WISH_RELEASE) && message->reason[0] != 0
                  && tai_is_line(message->reason, sizeof message->reason) && message->expires_after_seconds <= TAI_DAY_SECONDS);
}

tai_outcome tai_read_priority_answer(const uint8_t *bytes, size_t length, tai_v1_PriorityAnswer *message) {
    *message = (tai_v1_PriorityAnswer)tai_v1_PriorityAnswer_init_zero;
    return judged(decode(tai_v1_PriorityAnswer_fields, bytes, length, TAI_ORDER_BYTES, message) && is_head(message->has_head, &message->head)
                  && tai_is_word((int)message->state, tai_v1_PriorityState_PRIORITY_STATE_CANCELLED)
                  && (message->refusal == tai_v1_PriorityRefusal_PRIORITY_REFUSAL_UNSPECIFIED
                      || tai_is_word((int)message->refusal, tai_v1_PriorityRefusal_PRIORITY_REFUSAL_NOT_WEIGHED)));
}

tai_outcome tai_read_time(const uint8_t *bytes, size_t length, tai_v1_TimeOrder *message) {
    *message = (tai_v1_TimeOrder)tai_v1_TimeOrder_init_zero;
    return judged(decode(tai_v1_TimeOrder_fields, bytes, length, TAI_ORDER_BYTES, message) && is_head(message->has_head, &message->head)
                  && message->unix_milliseconds >= 0 && message->unix_milliseconds < (INT64_C(1) << 53));
}

size_t tai_write(const pb_msgdesc_t *fields, const void *message, uint8_t *bytes, size_t room) {
    pb_ostream_t stream = pb_ostream_from_buffer(bytes, room);
    return pb_encode(&stream, fields, message) ? stream.bytes_written : 0;
}
