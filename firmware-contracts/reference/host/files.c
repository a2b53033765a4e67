#define _POSIX_C_SOURCE 200809L
#include "files.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

long host_read(const char *path, uint8_t *bytes, size_t room) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return -1;
    size_t length = fread(bytes, 1, room, file);
    bool whole = !ferror(file) && fgetc(file) == EOF;
    fclose(file);
    return whole ? (long)length : -1;
}

long host_unhex(const char *text, size_t length, uint8_t *bytes, size_t room) {
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (isspace(c)) continue;
        if (!isxdigit(c) || digits / 2 == room) return -1;
        uint8_t value = (uint8_t)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
        bytes[digits / 2] = (uint8_t)(digits % 2 == 0 ? value << 4 : bytes[digits / 2] | value);
        digits++;
    }
    return digits % 2 == 0 ? (long)(digits / 2) : -1;
}

long host_read_hex(const char *path, uint8_t *bytes, size_t room) {
    size_t most = room * 3 + 16;
    char *text = malloc(most);
    long length = text == NULL ? -1 : host_read(path, (uint8_t *)text, most);
    if (length >= 0) length = host_unhex(text, (size_t)length, bytes, room);
    free(text);
    return length;
}

uint64_t host_load_number(const char *path) {
    uint64_t number = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) return 0;
    if (fscanf(file, "%" SCNu64, &number) != 1) number = 0;
    fclose(file);
    return number;
}

bool host_save_number(const char *path, uint64_t number) {
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside) return false;
    FILE *file = fopen(beside, "w");
    if (file == NULL) return false;
    bool written = fprintf(file, "%" PRIu64 "\n", number) > 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
    return fclose(file) == 0 && written && rename(beside, path) == 0;
}
