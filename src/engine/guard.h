/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * guard: a strict reader of HTTP/1.1 framing, fed with the bytes of one connection.
 *
 * It answers one question: may a lenient server be shown these bytes? What could be read
 * in two ways (bare LF, folding, two lengths, a length and chunks ...) is refused, so that no
 * proxy before us and no library below us can see another request than we do
 * (RFC 9112; doc/decisions/0003). The verdict never depends on how the bytes were cut
 * into pieces. Pure: no I/O, no clock, no memory of its own. Threads: one at a time.
 */
#ifndef ENGINE_GUARD_H
#define ENGINE_GUARD_H

#include "base/str.h"

#define GUARD_NAME  32
#define GUARD_VALUE 256

struct guard_limits {
	uint32_t head;   /* bytes of request line and fields, 431 above */
	uint32_t target; /* bytes of the request target, 414 above */
	uint32_t fields; /* number of fields, 431 above */
};

enum guard_phase {
	GUARD_IDLE,   /* between requests */
	GUARD_HEAD,   /* a head has begun and is not complete */
	GUARD_BODY,   /* a body (or its trailer) is not complete */
	GUARD_BROKEN, /* refused; stays so */
};

/* The fields that decide the framing, or that must be single. */
enum guard_field {
	GUARD_OTHER,
	GUARD_HOST,
	GUARD_LENGTH,
	GUARD_CODING,
	GUARD_EXPECT,
	GUARD_SINGLE, /* a field that has no list form; twice is two meanings */
};

struct guard {
	struct guard_limits limits;
	int state;
	int refusal;        /* HTTP status, 0 while all is well */
	const char *reason; /* static */
	uint64_t heads;     /* complete heads so far */
	uint64_t requests;  /* complete requests so far */
	uint64_t left;      /* bytes to come of a body or a chunk */
	uint64_t body;      /* bytes of body seen of this request */
	uint32_t head;      /* bytes of this head (or trailer) so far */
	uint32_t target;
	uint32_t fields;
	uint32_t seen; /* bits: the fields that may stand once */
	bool trailer;  /* reading the fields after the last chunk */
	bool bodiless; /* GET and HEAD */
	bool old;      /* HTTP/1.0 */
	bool blank;    /* one empty line before the request line was forgiven */
	bool chunked;
	uint64_t length; /* of Content-Length */
	enum guard_field field;
	uint16_t single; /* bit of the GUARD_SINGLE field */
	uint16_t n;      /* bytes in name or value */
	char name[GUARD_NAME];
	char value[GUARD_VALUE];
};

/* A new connection. Limits are copied. */
void guard_init(struct guard *g, const struct guard_limits *limits);
/*
 * The next n bytes, as read. 0: all well so far; otherwise the HTTP status to refuse with
 * (400, 414, 417, 431, 501, 505), the same for ever after.
 */
int guard_feed(struct guard *g, const void *bytes, size_t n);
enum guard_phase guard_phase(const struct guard *g);

#endif
