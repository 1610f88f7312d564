/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fate: what later entries did to the parts of earlier ones.
 *
 * Entries are shown to it once, in order; then it answers whether a held part was
 * published and whether a part or paragraph was erased, and by which entry. Memory grows with
 * the number of publications and erasures only. Threads: one at a time.
 */
#ifndef RECORD_FATE_H
#define RECORD_FATE_H

#include "base/vec.h"
#include "record/log.h"

struct fate_erasure {
	int64_t seq;
	int32_t part;
	int32_t block;
	int64_t by;
};

struct fate {
	struct arena *arena; /* borrowed */
	VEC(int64_t) published;
	VEC(struct fate_erasure) erased;
	bool sorted;
};

struct fate fate_in(struct arena *a);
/* Notes what an entry publishes. */
void fate_add_entry(struct fate *f, const struct entry *e);
/* True if the entry erases something: then its part 0 says what. */
bool fate_is_erasure(const struct entry *e);
/* Notes what it erases. */
void fate_add_erasure(struct fate *f, const struct log_erasure *e, int64_t by);
/* To be called once, after the last entry and before the questions. */
void fate_sort(struct fate *f);

/* True if the part may be shown to the public, erasure apart. */
bool fate_is_public(const struct fate *f, int64_t seq, str media);
/* The entry that erased the whole part (or, with a block, that paragraph), or -1. */
int64_t fate_erased_by(const struct fate *f, int64_t seq, size_t part, int64_t block);

#endif
