/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * entry: one act in the log, as the text that is hashed.
 *
 * The text has fixed fields in a fixed order and one spelling only: what parses
 * is written back byte for byte the same, and everything else is refused
 * (doc/format/record.md). Strings in a parsed entry are borrowed from its text.
 * Threads: any.
 */
#ifndef RECORD_ENTRY_H
#define RECORD_ENTRY_H

#include "base/err.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/when.h"

#define ENTRY_MAX   8192 /* bytes of text */
#define ENTRY_REFS  16
#define ENTRY_PARTS 64
#define ENTRY_TYPE  64  /* bytes of a type */
#define ENTRY_KEY   64  /* bytes of an idempotency key */
#define ORIGIN_MAX  255 /* bytes of an origin */

struct entry_part {
	str media; /* media.h */
	digest commitment;
};

struct entry {
	str log; /* the origin: "HOST/g/SLUG" or "HOST/site" */
	int64_t seq;
	usec time;   /* whole milliseconds */
	digest prev; /* leaf hash of entry seq-1; zero at seq 0 */
	str type;
	actor_id actor;
	str key;
	size_t refs;
	int64_t ref[ENTRY_REFS]; /* each below seq, none twice */
	size_t parts;
	struct entry_part part[ENTRY_PARTS];
	bool has_state;
	digest state;
};

/* Reads a whole entry. INVALID names the line at fault. *out borrows from text. */
enum rc entry_parse(str text, struct entry *out, struct err *err) MUST_USE;
/* Appends the text. What is written of bad values does not parse: entry_parse is the check. */
void entry_write(struct buf *b, const struct entry *e);

/* The grammar of single fields, for those who make them. */
bool entry_type_ok(str s);
bool entry_key_ok(str s);
bool entry_origin_ok(str s);
/* A decimal number in its one spelling (no sign, no leading zero), below 10^15. */
bool entry_number_parse(str s, int64_t *out);

#endif
