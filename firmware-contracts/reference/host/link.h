/* The connection to the broker: libmosquitto, which connects again by itself. */
#ifndef TAI_HOST_LINK_H
#define TAI_HOST_LINK_H

#include <mosquitto.h>

#include "tai_alarms.h"
#include "tai_backlog.h"
#include "tai_street.h"

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
    tai_street *street;
    struct mosquitto *client;
    /* The broker has taken us, and has been told who we are. */
    bool is_up;
    tai_alarms alarms;
    tai_backlog backlog;
    /* What a server has set the wall clock by. */
    int64_t clock_moved_milliseconds;
} link_state;

/* Prepares the connection with its last will and begins to connect. Returns false, with a line on standard error, when it cannot. */
bool link_open(link_state *link, const link_options *options, tai_controller *controller, tai_street *street);

/* Deals with what arrives and what waits to be sent, for so long; connects again when the link is broken. */
void link_work(link_state *link, int milliseconds);

/* Says what is to be said in a second: alarms that have changed, what is left of an outage, the frame; without a link the frame is kept. */
void link_second(link_state *link, tai_v1_Frame *frame);

/* Publishes a message under up/, if the link is there. */
void link_publish(link_state *link, const char *kind, const pb_msgdesc_t *fields, const void *message, int qos, bool retain);

/* Says SHUTDOWN and disconnects. */
void link_close(link_state *link);

#endif
