#include "tai_grammar.h"

bool tai_is_clock(const tai_v1_WallClock *clock) {
    return tai_is_word((int)clock->quality, tai_v1_ClockQuality_CLOCK_QUALITY_FREE) && clock->unix_milliseconds >= 0
        && clock->unix_milliseconds < (INT64_C(1) << 53);
}

/* Bytes of the character that begins here, 0 if none may. */
static size_t character(const unsigned char *at, size_t rest) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = at[0] < 0x80 ? 1 : (at[0] & 0xe0) == 0xc0 ? 2 : (at[0] & 0xf0) == 0xe0 ? 3 : (at[0] & 0xf8) == 0xf0 ? 4 : 0;
    if (length == 0 || length > rest) return 0;
    uint32_t code = length == 1 ? at[0] : at[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        code = code << 6 | (at[i] & 0x3fu);
    }
    bool known = code >= least[length] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return known && code >= ' ' && code != 0x7f && code != 0xfffd ? length : 0;
}

bool tai_is_line(const char *text, size_t room) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    while (at < room && bytes[at] != 0) {
        size_t length = character(bytes + at, room - at);
        if (length == 0) return false;
        at += length;
    }
    for (; at < room; at++)
        if (bytes[at] != 0) return false;
    return true;
}

bool tai_are_lamps(const tai_v1_Lamp *lamps, size_t count, size_t groups) {
    if (count != groups) return false;
    for (size_t i = 0; i < count; i++)
        if (!tai_is_word((int)lamps[i], tai_v1_Lamp_LAMP_FLASHING_AMBER)) return false;
    return true;
}
