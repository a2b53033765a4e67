/* Files of the host. */
#ifndef TAI_HOST_FILES_H
#define TAI_HOST_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads a whole file. Returns its length, or -1 when it cannot be read or is longer than room. */
long host_read(const char *path, uint8_t *bytes, size_t room);

/* Reads hexadecimal digits, white space between them left out. Returns the number of bytes, or -1. */
long host_read_hex(const char *path, uint8_t *bytes, size_t room);

/* The digits of one text. Returns the number of bytes, or -1. */
long host_unhex(const char *text, size_t length, uint8_t *bytes, size_t room);

/* A number kept in a file; 0 when there is none. Written whole and synced before it counts. */
uint64_t host_load_number(const char *path);
bool host_save_number(const char *path, uint64_t number);

#endif
