/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * scan: a package read into a stream (docx/stream.h), with what our own part in it says.
 * Threads: one at a time. Errors: INVALID.
 */
#ifndef DOCX_SCAN_H
#define DOCX_SCAN_H

#include "base/map.h"
#include "docx/pack.h"
#include "docx/stream.h"
#include "docx/wish.h"

/* Brackets of an alternative that are still there. */
struct scan_alt {
	uint32_t n;
	str text;
};

struct scan_remark {
	uint32_t id; /* w:id */
	str what;    /* "reason", or a stance */
};

struct scan_op {
	struct text_wish wish;
	uint32_t alt; /* 0: a tracked change */
};

/* An amendment as our part has it. */
struct scan_amendment {
	str id, party;
	usec filed;
	VEC(str) cosponsors;
	VEC(uint32_t) changes; /* w:id */
	VEC(struct scan_remark) remarks;
	VEC(struct scan_op) ops;
};

struct scan {
	struct word_stream stream;
	VEC(struct scan_alt) alts;
	struct map ids; /* of our part: name of a bookmark: str * */
	VEC(struct scan_amendment) amendments;
	bool has_draft;   /* our part is there */
	struct map links; /* relation: str *, the address */
};

/* Everything in arena. */
enum rc scan_package(struct arena *a, struct pack *p, struct scan *out, struct err *err) MUST_USE;
/* customXml: our part; others are passed over. */
enum rc scan_draft(
    struct arena *a, struct pack *p, str part, struct scan *out, struct err *err) MUST_USE;

#endif
