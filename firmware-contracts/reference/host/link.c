#define _POSIX_C_SOURCE 200809L
#include "link.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "hmac.h"

#define FIRMWARE "tai reference 1.0"

static uint8_t room[TAI_MESSAGE_BYTES];
static uint8_t backlog_room[TAI_BACKLOG_BYTES];
static tai_v1_Envelope envelope;
static union {
    tai_v1_Plan plan;
    tai_v1_ModeRequest mode;
    tai_v1_PriorityAnswer priority;
    tai_v1_TimeOrder time;
} order;

static void topic_of(const link_state *link, const char *end, char *topic, size_t length) {
    snprintf(topic, length, "tai/v1/%s/%s/%s", link->options.city, link->options.intersection, end);
}

static tai_v1_Presence presence(const link_state *link, tai_v1_Presence_State state) {
    tai_v1_Presence message = tai_v1_Presence_init_zero;
    message.state = state;
    message.boot = link->controller->boot;
    message.contract_minor = TAI_CONTRACT_MINOR;
    snprintf(message.firmware, sizeof message.firmware, "%s", FIRMWARE);
    message.configuration.size = TAI_CHECKSUM_BYTES;
    memcpy(message.configuration.bytes, link->controller->checksum, TAI_CHECKSUM_BYTES);
    return message;
}

static bool send_bytes(link_state *link, const char *kind, const uint8_t *bytes, size_t length, int qos, bool retain) {
    char topic[512];
    topic_of(link, kind, topic, sizeof topic);
    return link->is_up && length > 0 && mosquitto_publish(link->client, NULL, topic, (int)length, bytes, qos, retain) == MOSQ_ERR_SUCCESS;
}

void link_publish(link_state *link, const char *kind, const pb_msgdesc_t *fields, const void *message, int qos, bool retain) {
    send_bytes(link, kind, room, tai_write(fields, message, room, sizeof room), qos, retain);
}

static tai_v1_WallClock wall_clock(const link_state *link) {
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    return (tai_v1_WallClock){(int64_t)wall.tv_sec * 1000 + wall.tv_nsec / 1000000 + link->clock_moved_milliseconds, tai_v1_ClockQuality_CLOCK_QUALITY_FREE};
}

static void say_alarms(link_state *link, tai_v1_Alarm *alarms, size_t count) {
    for (size_t i = 0; i < count; i++) {
        alarms[i].has_clock = true;
        alarms[i].clock = wall_clock(link);
        link_publish(link, "up/alarm", tai_v1_Alarm_fields, &alarms[i], 1, false);
    }
}

void link_second(link_state *link, tai_v1_Frame *frame) {
    tai_v1_Alarm changes[TAI_ALARMS];
    say_alarms(link, changes, tai_alarms_look(&link->alarms, link->controller, changes));
    if (link->is_up) send_bytes(link, "up/backlog", backlog_room, tai_backlog_next(&link->backlog, backlog_room, sizeof backlog_room), 1, false);
    frame->has_clock = true;
    frame->clock = wall_clock(link);
    size_t length = tai_write(tai_v1_Frame_fields, frame, room, sizeof room);
    if (!send_bytes(link, "up/frame", room, length, 0, false)) tai_backlog_keep(&link->backlog, room, length);
}

/* Keeps what the library last objected to: of OpenSSL's "error:0A000086:SSL routines::certificate verify failed" the end. */
static void on_log(struct mosquitto *client, void *context, int level, const char *text) {
    link_state *link = context;
    const char *end = strstr(text, "::");
    (void)client;
    if (level == MOSQ_LOG_ERR) snprintf(link->objection, sizeof link->objection, "%s", end != NULL ? end + 2 : text);
}

/* Says once in a row why there is no connection. */
static void complain(link_state *link, int error) {
    const char *reason = error == MOSQ_ERR_ERRNO ? strerror(errno) : mosquitto_strerror(error);
    if (link->has_complained) return;
    fprintf(stderr, "tai_controller: no connection to %s:%d: %s.%s It is tried again.\n", link->options.host, link->options.port,
            link->objection[0] != 0 ? link->objection : reason,
            link->options.authority != NULL ? " Check the certificates of both ends, their dates, and the broker's host name." : "");
    link->has_complained = true;
}

static void on_connect(struct mosquitto *client, void *context, int error) {
    link_state *link = context;
    char topic[512];
    if (error != 0) {
        snprintf(link->objection, sizeof link->objection, "%s", mosquitto_connack_string(error));
        return;
    }
    link->has_complained = false;
    link->objection[0] = 0;
    topic_of(link, "down/#", topic, sizeof topic);
    mosquitto_subscribe(client, NULL, topic, 1);
    link->is_up = true;
    tai_v1_Presence online = presence(link, tai_v1_Presence_State_STATE_ONLINE);
    link_publish(link, "up/presence", tai_v1_Presence_fields, &online, 1, true);
    send_bytes(link, "up/configuration", link->options.configuration, link->options.configuration_length, 1, true);
    tai_v1_Alarm standing[TAI_ALARMS];
    say_alarms(link, standing, tai_alarms_standing(&link->alarms, link->controller, standing));
}

static void on_disconnect(struct mosquitto *client, void *context, int error) {
    (void)client;
    (void)error;
    ((link_state *)context)->is_up = false;
}

static void answer(link_state *link, tai_v1_OrderKind kind, const tai_v1_OrderHead *head, tai_outcome outcome) {
    tai_v1_Reply reply = tai_v1_Reply_init_zero;
    reply.boot = link->controller->boot;
    reply.sequence = link->controller->sequence + 1;
    reply.kind = kind;
    reply.outcome = outcome;
    reply.has_order = head != NULL;
    if (head != NULL) reply.order = (tai_v1_OrderName){head->epoch, head->sequence};
    link_publish(link, "up/reply", tai_v1_Reply_fields, &reply, kind == tai_v1_OrderKind_ORDER_KIND_PLAN ? 0 : 1, false);
}

/* Sets the wall clock, never the count of street seconds. */
static tai_outcome take_time(link_state *link, const tai_v1_TimeOrder *time) {
    tai_outcome outcome = tai_take_other(link->controller, tai_v1_OrderKind_ORDER_KIND_TIME, &time->head, true);
    if (outcome == tai_v1_Outcome_OUTCOME_ACCEPTED) link->clock_moved_milliseconds += time->unix_milliseconds - wall_clock(link).unix_milliseconds;
    return outcome;
}

static void take(link_state *link, tai_v1_OrderKind kind) {
    const uint8_t *body = envelope.body.bytes;
    size_t length = envelope.body.size;
    const tai_v1_OrderHead *head = NULL;
    tai_outcome outcome = tai_v1_Outcome_OUTCOME_MALFORMED;
    if (kind == tai_v1_OrderKind_ORDER_KIND_PLAN) outcome = tai_read_plan(body, length, &order.plan), head = &order.plan.head;
    if (kind == tai_v1_OrderKind_ORDER_KIND_MODE) outcome = tai_read_mode(body, length, &order.mode), head = &order.mode.head;
    if (kind == tai_v1_OrderKind_ORDER_KIND_PRIORITY) outcome = tai_read_priority_answer(body, length, &order.priority), head = &order.priority.head;
    if (kind == tai_v1_OrderKind_ORDER_KIND_TIME) outcome = tai_read_time(body, length, &order.time), head = &order.time.head;
    if (outcome != tai_v1_Outcome_OUTCOME_ACCEPTED) {
        tai_alarms_forged(&link->alarms, link->controller);
        answer(link, kind, NULL, outcome);
        return;
    }
    if (kind == tai_v1_OrderKind_ORDER_KIND_PLAN) outcome = tai_take_plan(link->controller, &order.plan);
    else if (kind == tai_v1_OrderKind_ORDER_KIND_MODE) outcome = tai_take_mode(link->controller, &order.mode);
    else if (kind == tai_v1_OrderKind_ORDER_KIND_PRIORITY) outcome = tai_take_priority(link->controller, link->street, &order.priority);
    else outcome = take_time(link, &order.time);
    answer(link, kind, head, outcome);
}

static void on_message(struct mosquitto *client, void *context, const struct mosquitto_message *message) {
    static const char *const kinds[] = {"", "down/plan", "down/mode", "down/priority", "down/time"};
    link_state *link = context;
    char topic[512];
    (void)client;
    if (message->retain) return;
    for (int kind = tai_v1_OrderKind_ORDER_KIND_PLAN; kind <= tai_v1_OrderKind_ORDER_KIND_TIME; kind++) {
        topic_of(link, kinds[kind], topic, sizeof topic);
        if (strcmp(topic, message->topic) != 0) continue;
        tai_outcome opened = tai_open_envelope(host_hmac, NULL, link->options.key, topic, message->payload, (size_t)message->payloadlen, &envelope);
        if (opened == tai_v1_Outcome_OUTCOME_ACCEPTED) {
            take(link, (tai_v1_OrderKind)kind);
            continue;
        }
        tai_alarms_forged(&link->alarms, link->controller);
        answer(link, (tai_v1_OrderKind)kind, NULL, opened);
    }
}

static bool prepare(link_state *link) {
    char topic[512];
    const link_options *options = &link->options;
    tai_v1_Presence offline = presence(link, tai_v1_Presence_State_STATE_OFFLINE);
    size_t length = tai_write(tai_v1_Presence_fields, &offline, room, sizeof room);
    topic_of(link, "up/presence", topic, sizeof topic);
    mosquitto_lib_init();
    link->client = mosquitto_new(NULL, true, link);
    if (link->client == NULL || mosquitto_int_option(link->client, MOSQ_OPT_TCP_NODELAY, 1) != MOSQ_ERR_SUCCESS
        || mosquitto_will_set(link->client, topic, (int)length, room, 1, true) != MOSQ_ERR_SUCCESS) return false;
    if (options->authority != NULL
        && mosquitto_tls_set(link->client, options->authority, NULL, options->certificate, options->certificate_key, NULL) != MOSQ_ERR_SUCCESS)
        return false;
    mosquitto_connect_callback_set(link->client, on_connect);
    mosquitto_disconnect_callback_set(link->client, on_disconnect);
    mosquitto_message_callback_set(link->client, on_message);
    mosquitto_log_callback_set(link->client, on_log);
    return true;
}

bool link_open(link_state *link, const link_options *options, tai_controller *controller, tai_street *street) {
    memset(link, 0, sizeof *link);
    link->options = *options;
    link->controller = controller;
    link->street = street;
    if (!prepare(link)) {
        fprintf(stderr, "tai_controller: the connection cannot be prepared. Check the files for TLS.\n");
        return false;
    }
    int error = mosquitto_connect(link->client, options->host, options->port, 15);
    if (error != MOSQ_ERR_SUCCESS) complain(link, error);
    return true;
}

static int64_t now_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void link_work(link_state *link, int milliseconds) {
    static int64_t next_try;
    static int64_t pause = 1000;
    int64_t end = now_milliseconds() + milliseconds;
    for (int64_t left = milliseconds; left > 0; left = end - now_milliseconds()) {
        int error = mosquitto_loop(link->client, (int)left, 1);
        if (error == MOSQ_ERR_SUCCESS) {
            pause = 1000;
            continue;
        }
        if (error != MOSQ_ERR_NO_CONN) complain(link, error);
        if (now_milliseconds() >= next_try) {
            mosquitto_reconnect(link->client);
            next_try = now_milliseconds() + pause;
            pause = pause < 15000 ? pause * 2 : 30000;
        }
        struct timespec rest = {0, 10 * 1000000};
        nanosleep(&rest, NULL);
    }
}

void link_close(link_state *link) {
    tai_v1_Presence shutdown = presence(link, tai_v1_Presence_State_STATE_SHUTDOWN);
    link_publish(link, "up/presence", tai_v1_Presence_fields, &shutdown, 1, true);
    link_work(link, 100);
    mosquitto_disconnect(link->client);
    mosquitto_destroy(link->client);
    mosquitto_lib_cleanup();
}
