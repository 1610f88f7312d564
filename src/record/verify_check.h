/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * verify_check: what the verification of an export and of a store have in common.
 *
 * First every entry is shown in order (check_entry), then, when it is known what
 * was published and erased, every part (check_part). Threads: one at a time.
 */
#ifndef RECORD_VERIFY_CHECK_H
#define RECORD_VERIFY_CHECK_H

#include "record/fate.h"
#include "record/tiles.h"
#include "record/verify.h"

struct check_key {
	uint64_t hash;
	int64_t seq;
};

struct check {
	const struct verify_how *how;
	struct verify_result *result;
	struct arena *arena;   /* lives as long as the check */
	struct arena *scratch; /* reset by whoever walks */
	str origin;            /* that every entry must name */
	struct tree tree;
	digest prev;
	usec time;
	struct fate fate;
	struct tiles tiles;
	VEC(struct check_key) keys;
	uint8_t key_seed[16];
};

struct check_place {
	str file;
	int64_t seq;
	int part;
};

/* Tells a finding. Text as of printf. REFUSED when there have been too many to go on. */
enum rc check_tell(struct check *c, const struct check_place *at, struct err *err, const char *fmt,
    ...) __attribute__((format(printf, 4, 5))) MUST_USE;

void check_begin(struct check *c, const struct verify_how *how, struct verify_result *result,
    struct arena *a, struct arena *scratch);
/*
 * Entry number c->tree.size. *entry is what it says, borrowed from text; *sound is false when
 * it does not parse. Its completed subtrees go to c->tiles. Errors: those of the tiles' emit.
 */
enum rc check_entry(struct check *c, str file, str text, struct entry *entry, bool *sound,
    struct err *err) MUST_USE;
/* Notes what an erasing entry erases; `body` is that of its part 0. */
enum rc check_erasure(
    struct check *c, str file, const struct entry *entry, str body, struct err *err) MUST_USE;
/* After the last entry: keys used twice, partial tiles, fates. */
enum rc check_end_entries(struct check *c, struct err *err) MUST_USE;

/* The outcome for a body that is there. `commitment` is what it hashes to. */
enum rc check_plain(struct check *c, const struct check_place *at, const struct entry_part *part,
    digest commitment, size_t size, struct err *err) MUST_USE;
enum rc check_blocks(struct check *c, const struct check_place *at, const struct entry_part *part,
    str body, str salts, struct err *err) MUST_USE;

#endif
