/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * relay: a TURN server, over which browsers reach Janus that no UDP leaves, and the passwords for
 * it.
 *
 * It shares a secret with us (draft-uberti-behave-turn-rest, coturn's use-auth-secret). Whoever may
 * listen gets a name, which says until when it is good, and a password made of both; the secret
 * stays here. doc/sound.md says how to run one. Threads: any.
 */
#ifndef ENGINE_RELAY_H
#define ENGINE_RELAY_H

#include "base/err.h"
#include "base/json.h"
#include "base/when.h"

#define RELAY_TIME (12 * 3600 * USEC_SECOND) /* a password is good for a day in session */

struct relay_conf {
	str addresses; /* "turn:turn.example.org,turns:turn.example.org:443"; empty: there is none
	                */
	str secret;
};

/* INVALID names the option ("--turn", "--turn-secret"). */
enum rc relay_conf_check(const struct relay_conf *conf, struct err *err) MUST_USE;
/* iceServers, as RTCPeerConnection takes them; an empty array if there is no relay. In arena. */
struct json *relay_servers(struct arena *a, const struct relay_conf *conf, usec now);

#endif
