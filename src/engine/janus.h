/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * janus: starts Janus, which carries sound between browsers, and talks with it.
 *
 * It gets a folder of its own, which only we may enter, with its configuration and the socket; it
 * loads the AudioBridge and the transport of that socket, nothing else, so that nobody but this
 * process can ask it for anything (doc/decisions/0019). It ends when the thread that started it
 * does. Threads: one at a time.
 */
#ifndef ENGINE_JANUS_H
#define ENGINE_JANUS_H

#include "base/err.h"

struct janus_conf {
	str program; /* "/usr/bin/janus" */
	str ports;   /* of UDP, for sound: "20000-21999" */
	str address; /* of this machine as browsers reach it, when a router translates; or empty */
};

/* The largest message that Janus reads whole. */
#define JANUS_MESSAGE ((size_t)8000)

/* INVALID names the option ("--audio-ports", "--audio-address"). */
enum rc janus_conf_check(const struct janus_conf *conf, struct err *err) MUST_USE;

struct janus;
/* Waits until it answers. FAULT: it cannot be started. Stopped by janus_stop. */
enum rc janus_start(const struct janus_conf *conf, struct janus **out, struct err *err) MUST_USE;
/* Of SOCK_SEQPACKET: one JSON object a packet, both ways. Does not block. */
int janus_socket(const struct janus *j);
/* Ends it, waits for its end, removes its folder. Accepts NULL. */
void janus_stop(struct janus *j);

#endif
