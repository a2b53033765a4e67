/* The configuration that a test was given, and its checksum. */
#ifndef TAI_TEST_GIVEN_H
#define TAI_TEST_GIVEN_H

#include <stdio.h>

#include "files.h"
#include "hmac.h"
#include "tai_configuration.h"

/* Reads FOLDER/NAME, hexadecimal. Returns whether it is one. */
static inline bool given_configuration(const char *folder, const char *name, tai_configuration *configuration, uint8_t *checksum) {
    static uint8_t bytes[TAI_MAX_CONFIGURATION_BYTES];
    char path[8200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    long length = host_read_hex(path, bytes, sizeof bytes);
    return length > 0 && tai_read_configuration(bytes, (size_t)length, configuration) == tai_v1_Outcome_OUTCOME_ACCEPTED
        && host_sha256(bytes, (size_t)length, checksum);
}

#endif
