/* Frames that could not be sent, oldest first, in a fixed room; the oldest are dropped when it is full. */
#ifndef TAI_BACKLOG_H
#define TAI_BACKLOG_H

#include "tai_wire.h"

/* Room in bytes, two more for each frame. The contract asks for 600 frames: a device whose frames are short may lower it. */
#ifndef TAI_BACKLOG_ROOM
#define TAI_BACKLOG_ROOM (1u << 20)
#endif

#define TAI_BACKLOG_FRAMES 60

typedef struct {
    uint8_t bytes[TAI_BACKLOG_ROOM];
    size_t first;
    size_t used;
    size_t frames;
    /* Something is owed until a message has said done. */
    bool owed;
} tai_backlog;

/* Keeps a frame as it would have been sent. */
void tai_backlog_keep(tai_backlog *backlog, const uint8_t *frame, size_t length);

/* Takes the next message out and writes it. Returns its length; 0 when nothing is owed, or it does not fit. */
size_t tai_backlog_next(tai_backlog *backlog, uint8_t *message, size_t room);

#endif
