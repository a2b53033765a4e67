/* Messages of the contract: from bytes to structures that keep the grammar, and back. No memory is allocated; what does not fit is refused. */
#ifndef TAI_WIRE_H
#define TAI_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tai/v1/field.pb.h"

/* The minor version of contract v1 that this is. */
#define TAI_CONTRACT_MINOR 2

#define TAI_KEY_BYTES 32
#define TAI_MAC_BYTES 32
#define TAI_CHECKSUM_BYTES 32
#define TAI_ORDER_BYTES 4096
#define TAI_MESSAGE_BYTES 32768
#define TAI_BACKLOG_BYTES 1048576

/* OUTCOME_ACCEPTED, or why a message was not taken. */
typedef tai_v1_Outcome tai_outcome;

/* HMAC-SHA256 over several parts in a row, given by the host.
 * context: the host's own; key: TAI_KEY_BYTES; mac: TAI_MAC_BYTES to be filled. Returns false when it cannot. */
typedef struct {
    const uint8_t *bytes;
    size_t length;
} tai_part;
typedef bool (*tai_hmac)(void *context, const uint8_t *key, const tai_part *parts, size_t count, uint8_t *mac);

/* Opens the envelope of an order that came on a topic.
 * envelope: room for it; its body is the order. Returns ACCEPTED, MALFORMED or FORGED. */
tai_outcome tai_open_envelope(tai_hmac hmac, void *context, const uint8_t *key, const char *topic, const uint8_t *bytes, size_t length,
                              tai_v1_Envelope *envelope);

/* Each reads a message and checks its grammar: ACCEPTED or MALFORMED. */
tai_outcome tai_read_presence(const uint8_t *bytes, size_t length, tai_v1_Presence *message);
tai_outcome tai_read_frame(const uint8_t *bytes, size_t length, tai_v1_Frame *message);
tai_outcome tai_read_alarm(const uint8_t *bytes, size_t length, tai_v1_Alarm *message);
tai_outcome tai_read_priority_request(const uint8_t *bytes, size_t length, tai_v1_PriorityRequest *message);
tai_outcome tai_read_reply(const uint8_t *bytes, size_t length, tai_v1_Reply *message);
tai_outcome tai_read_plan(const uint8_t *bytes, size_t length, tai_v1_Plan *message);
tai_outcome tai_read_mode(const uint8_t *bytes, size_t length, tai_v1_ModeRequest *message);
tai_outcome tai_read_priority_answer(const uint8_t *bytes, size_t length, tai_v1_PriorityAnswer *message);
tai_outcome tai_read_time(const uint8_t *bytes, size_t length, tai_v1_TimeOrder *message);

/* Reads a backlog; each of its frames passes through scratch. */
tai_outcome tai_read_backlog(const uint8_t *bytes, size_t length, tai_v1_Frame *scratch, bool *done);

/* Writes a message with the descriptor of its type, such as tai_v1_Frame_fields.
 * Returns the number of bytes written, 0 when they do not fit. */
size_t tai_write(const pb_msgdesc_t *fields, const void *message, uint8_t *bytes, size_t room);

#endif
