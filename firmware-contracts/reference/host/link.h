/* The connection to the broker: libmosquitto, which connects again by itself. */
#ifndef TAI_HOST_LINK_H
#define TAI_HOST_LINK_H

#include <mosquitto.h>

#include "tai_controller.h"

typedef struct {
    const char *host;
    int port;
    const char *city;
    /* As in the topics. */
    const char *intersection;
    /* Files for TLS; NULL for none. */
    const char *authority;
    const char *certificate;
    const char *certificate_key;
    uint8_t key[TAI_KEY_BYTES];
    const uint8_t *configuration;
    size_t configuration_length;
} link_options;

typedef struct {
    link_options options;
    tai_controller *controller;
    struct mosquitto *client;
    /* What the library last objected to; empty when it is content. */
    char objection[200];
    bool has_complained;
} link_state;

/* Prepares the connection with its last will and begins to connect. Returns false, with a line on standard error, when it cannot. */
bool link_open(link_state *link, const link_options *options, tai_controller *controller);

/* Deals with what arrives and what waits to be sent, for so long; connects again when the link is broken. */
void link_work(link_state *link, int milliseconds);

/* Publishes a message under up/. */
void link_publish(link_state *link, const char *kind, const pb_msgdesc_t *fields, const void *message, int qos, bool retain);

/* Says SHUTDOWN and disconnects. */
void link_close(link_state *link);

#endif
