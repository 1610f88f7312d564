/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * diff: the shortest way from one sequence of numbers to another (Myers, linear space), and its
 * cleanup into changes that people can read. Cleanup only makes changes coarser: taking all of
 * them still gives the one text, taking none the other.
 * Pure. Threads: any.
 */
#ifndef TEXT_DIFF_H
#define TEXT_DIFF_H

#include "base/vec.h"
#include "text/token.h"

/* a[a_from, a_to) gives way to b[b_from, b_to). */
struct text_hunk {
	size_t a_from, a_to, b_from, b_to;
};

struct text_hunks {
	VEC(struct text_hunk) list; /* in order, neither overlapping nor touching */
};

/* In arena. Minimal up to a bound on effort, beyond which it may be coarser (never wrong). */
struct text_hunks text_diff(
    struct arena *a, const uint32_t *x, size_t x_n, const uint32_t *y, size_t y_n);

/* What parts two cut texts: the shortest way for their words, spaces following them. In arena. */
struct text_hunks text_diff_words(
    struct arena *a, const struct text_tokens *xt, const struct text_tokens *yt);

/* The same hunks, made readable, for two cut texts. In arena. */
struct text_hunks text_diff_clean(struct arena *a, str x, const struct text_tokens *xt, str y,
    const struct text_tokens *yt, const struct text_hunks *raw);

/*
 * What parts two versions of a paragraph, cleaned up: byte ranges at edges of graphemes. In texts
 * without spaces between words only the characters that differ. In arena.
 */
struct text_hunks text_compare(struct arena *a, struct text_lexer *l, str x, str y);
/* The same of texts that have been cut by one lexer. */
struct text_hunks text_compare_cut(
    struct arena *a, str x, const struct text_tokens *xt, str y, const struct text_tokens *yt);

#endif
