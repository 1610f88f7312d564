/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * local: the door for programs of this machine, a socket in the data folder that only its owner can
 * open: what comes there is kept as through an inlet, without a web server in between.
 *
 * A line is a JSON object, the answer {"number":7} or {"error":"refused","message":"..."} on a
 * line; one after the other. Threads: one of its own for all; local_stop from one that serves
 * nothing.
 */
#ifndef ENGINE_LOCAL_H
#define ENGINE_LOCAL_H

#include "base/err.h"

#define LOCAL_NAME  "local"             /* in the data folder */
#define LOCAL_LINE  ((size_t)128 << 10) /* bytes of a line, at most */
#define LOCAL_PEERS 32

struct web;
struct local;

/* FAULT: the socket cannot be made. A socket that was left behind is replaced. */
enum rc local_start(struct web *w, struct local **out, struct err *err) MUST_USE;
/* Answers what has come, closes, removes the socket. Accepts NULL. */
void local_stop(struct local *l);
/* A path for the socket, short enough for the system, or FAULT. In arena. */
enum rc local_path(struct arena *a, str dir, str *path, struct err *err) MUST_USE;

#endif
