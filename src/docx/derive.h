/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * derive: from a set of tracked changes to the wishes that say the same.
 *
 * Two ways. The fine one sees splits, joins and moves as what they are. Where it cannot say what
 * stands there (words put in between the halves of a split, a move into the middle of one), the
 * coarse one says it with words and whole paragraphs. Whether what comes out reads as the file
 * does is for docx/read.c to check. Pure. Threads: one at a time for a lexer.
 */
#ifndef DOCX_DERIVE_H
#define DOCX_DERIVE_H

#include "docx/base.h"

struct derived {
	struct docx_wishes wishes;
	VEC(struct text_reading) readings;
	/* Of each wish, then of each reading: the base paragraph that it bears on, or TEXT_START.
	 */
	VEC(size_t) par_of_wish, par_of_reading;
};

/* False: this way cannot say it. Everything in arena. */
bool derive(struct arena *a, struct text_lexer *l, const struct scan *scan, const struct base *b,
    const struct word_set *set, bool fine, struct derived *out);

#endif
