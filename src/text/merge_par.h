/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * merge_par: the words of one paragraph with everything adopted in them; for text/merge.c only.
 * Pure. Threads: any.
 */
#ifndef TEXT_MERGE_PAR_H
#define TEXT_MERGE_PAR_H

#include "base/buf.h"
#include "text/merge.h"
#include "text/touch.h"

/* The paragraphs of the new revision as they come into being. */
struct text_weave {
	struct arena *arena;
	VEC(struct text_par) par;
	VEC(size_t) fresh; /* those that were not there before: put in, or cut off */
	/* Of the last of them, until it is closed: */
	struct buf full;
	VEC(struct text_run) gone;
	VEC(str) aliases;
};

/* Begins a paragraph like `like`; text and aliases of its own, no marks yet. */
void text_weave_open(struct text_weave *w, const struct text_par *like, str id);
void text_weave_close(struct text_weave *w);
/* Text that was not there before. */
void text_weave_put(struct text_weave *w, str text);
/* Text that was not there before and is gone at once: it parts two places. */
void text_weave_put_gone(struct text_weave *w, str text);
/*
 * The words of old paragraph p, changed by ops (TEXT_EDIT, TEXT_SPLIT, TEXT_RESTORE; others are
 * passed over), which may close the paragraph and begin others. Fills pieces, par and at of t.
 */
void text_weave_words(struct text_weave *w, const struct text_par *p, const struct text_class *ops,
    size_t n, struct text_trace *t);

/* Gives the new paragraphs the marks of the words that came to stand in them. */
void text_carry_marks(struct arena *a, const struct text_doc *old, const struct text_trace *trace,
    struct text_doc *young);

#endif
