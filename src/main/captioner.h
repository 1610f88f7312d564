/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * captioner: a program that writes captions, at the socket of the server that has the data folder
 * (engine/local.h).
 *
 * Threads: one at a time. Errors: BUSY when no server answers there; otherwise as the server says.
 */
#ifndef MAIN_CAPTIONER_H
#define MAIN_CAPTIONER_H

#include "base/err.h"

struct captioner {
	str path; /* of the socket; this and all below borrowed */
	str group, lang, source;
	int64_t meeting;
	int fd; /* -1: not connected */
};

/* What the server says of a piece. In arena. */
struct captioner_said {
	int64_t number; /* up to which all pieces are kept */
	str note;       /* why the words of this one are not; else empty */
};

/* Connects when it must. seq 0: only asks for the number. */
enum rc captioner_send(struct captioner *c, struct arena *a, int64_t seq, str text,
    struct captioner_said *said, struct err *err) MUST_USE;
void captioner_leave(struct captioner *c);

#endif
