/* HMAC-SHA256 and SHA-256 by OpenSSL. */
#ifndef TAI_HOST_HMAC_H
#define TAI_HOST_HMAC_H

#include "tai_wire.h"

/* A tai_hmac; the context is not used. */
bool host_hmac(void *context, const uint8_t *key, const tai_part *parts, size_t count, uint8_t *mac);

bool host_sha256(const uint8_t *bytes, size_t length, uint8_t *checksum);

#endif
