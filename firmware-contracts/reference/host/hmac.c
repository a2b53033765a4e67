#include "hmac.h"

#include <openssl/evp.h>
#include <openssl/params.h>

static bool run(EVP_MAC_CTX *run, const uint8_t *key, const tai_part *parts, size_t count, uint8_t *mac) {
    char digest[] = "SHA256";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_construct_end()};
    size_t length = 0;
    if (!EVP_MAC_init(run, key, TAI_KEY_BYTES, parameters)) return false;
    for (size_t i = 0; i < count; i++)
        if (!EVP_MAC_update(run, parts[i].bytes, parts[i].length)) return false;
    return EVP_MAC_final(run, mac, &length, TAI_MAC_BYTES) && length == TAI_MAC_BYTES;
}

bool host_hmac(void *context, const uint8_t *key, const tai_part *parts, size_t count, uint8_t *mac) {
    (void)context;
    EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *state = EVP_MAC_CTX_new(algorithm);
    bool done = state != NULL && run(state, key, parts, count, mac);
    EVP_MAC_CTX_free(state);
    EVP_MAC_free(algorithm);
    return done;
}

bool host_sha256(const uint8_t *bytes, size_t length, uint8_t *checksum) {
    return EVP_Digest(bytes, length, checksum, NULL, EVP_sha256(), NULL) == 1;
}
