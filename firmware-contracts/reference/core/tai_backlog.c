#include "tai_backlog.h"

#include <pb_encode.h>

#define LENGTH_BYTES 2
#define MESSAGE_ROOM 4

static uint8_t at(const tai_backlog *b, size_t place) { return b->bytes[(b->first + place) % TAI_BACKLOG_ROOM]; }

static size_t first_length(const tai_backlog *b) { return (size_t)at(b, 0) << 8 | at(b, 1); }

static void drop_first(tai_backlog *b) {
    size_t gone = first_length(b) + LENGTH_BYTES;
    b->first = (b->first + gone) % TAI_BACKLOG_ROOM;
    b->used -= gone;
    b->frames--;
}

static void append(tai_backlog *b, uint8_t byte) { b->bytes[(b->first + b->used++) % TAI_BACKLOG_ROOM] = byte; }

void tai_backlog_keep(tai_backlog *b, const uint8_t *frame, size_t length) {
    if (length == 0 || length > TAI_MESSAGE_BYTES || length + LENGTH_BYTES > TAI_BACKLOG_ROOM) return;
    while (b->frames > 0 && b->used + length + LENGTH_BYTES > TAI_BACKLOG_ROOM) drop_first(b);
    append(b, (uint8_t)(length >> 8));
    append(b, (uint8_t)length);
    for (size_t i = 0; i < length; i++) append(b, frame[i]);
    b->frames++;
    b->owed = true;
}

/* The frame as a field of the message, straight from the ring. */
static bool write_first(pb_ostream_t *stream, const tai_backlog *b) {
    size_t length = first_length(b);
    if (!pb_encode_tag(stream, PB_WT_STRING, tai_v1_Backlog_frames_tag) || !pb_encode_varint(stream, length)) return false;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = at(b, LENGTH_BYTES + i);
        if (!pb_write(stream, &byte, 1)) return false;
    }
    return true;
}

size_t tai_backlog_next(tai_backlog *b, uint8_t *message, size_t room) {
    pb_ostream_t stream = pb_ostream_from_buffer(message, room);
    if (!b->owed) return 0;
    for (int i = 0; i < TAI_BACKLOG_FRAMES && b->frames > 0; i++) {
        if (stream.bytes_written + first_length(b) + 2 * MESSAGE_ROOM > room) break;
        if (!write_first(&stream, b)) return 0;
        drop_first(b);
    }
    if (b->frames == 0) {
        if (!pb_encode_tag(&stream, PB_WT_VARINT, tai_v1_Backlog_done_tag) || !pb_encode_varint(&stream, 1)) return 0;
        b->owed = false;
    }
    return stream.bytes_written;
}
