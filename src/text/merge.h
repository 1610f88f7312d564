/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * merge: a set of amendments that can all be adopted, applied to their revision at once.
 *
 * The result depends on the set alone: not on the order of the list, nor on who came first.
 * Pure. Threads: any.
 */
#ifndef TEXT_MERGE_H
#define TEXT_MERGE_H

#include "text/relate.h"

/* Bytes [from, to) of a paragraph of the old revision stand at `at` of `par` in the new one. */
struct text_piece {
	size_t from, to;
	size_t par, at;
	size_t lead; /* bytes of new words right before it, which took the place of its beginning */
};

/* Where everything of a paragraph of the old revision is now. */
struct text_trace {
	struct text_piece *piece; /* in order, covering all of the full text */
	size_t pieces_n;
	size_t par, at;  /* where its beginning is */
	size_t end;      /* the paragraph that its end mark ends: what follows it comes behind */
	size_t moved_by; /* TEXT_START, or the place in set of who moved it */
};

struct text_revision {
	struct text_doc doc;
	struct text_trace *trace; /* one a paragraph of the old revision, gone ones too */
	/* What was adopted, for text/rebase.h: */
	const struct text_doc *old; /* borrowed */
	const struct text_amendment *set;
	size_t set_n;
	const void *index; /* the adopted operations by paragraph; text/touch.h */
};

/*
 * Applies set (n amendments, live operations only) to d. `both`: alternatives at one gap are put
 * one behind the other, in the order of their texts (the Chair said so). A new paragraph whose id
 * is taken gets another, "x.2" for "x".
 * CONFLICT: some of them cannot be adopted together (ask text_find_clashes which). *out in arena;
 * borrows d and set.
 */
enum rc text_merge(struct arena *a, const struct text_doc *d, const struct text_amendment *set,
    size_t n, bool both, struct text_revision *out, struct err *err) MUST_USE;

#endif
