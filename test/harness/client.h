/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * client: an HTTP client for tests that may send anything to a server on this machine.
 *
 * Threads: any.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include "base/arena.h"
#include "base/when.h"

/* A bound against hanging, on however slow a machine; never a statement about speed. */
#define CLIENT_HANG (60 * USEC_SECOND)

struct answer {
	str all;     /* everything that came */
	str body;    /* after the empty line */
	int status;  /* 0: no answer */
	bool closed; /* the server ended the connection */
	usec took;
};

/* A connection, or -1. */
int client_open(uint16_t port);
/* Sends all of it; false when the server does not take it. */
bool client_send(int fd, str bytes);
/* Reads one answer (by its length; HEAD: the head only) or to the end. In arena. */
struct answer client_read(struct arena *a, int fd, bool head_only);
/* Reads until the server closes, for at most so many milliseconds. In arena. */
struct answer client_drain(struct arena *a, int fd, int milliseconds);
/* Opens, sends, drains for 3 s, closes. */
struct answer client_ask(struct arena *a, uint16_t port, str bytes);
/* The value of a header of an answer, or p == NULL. */
str answer_header(const struct answer *r, str name);

#endif
