/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_inner: what the two halves of rolling share: the paragraphs, and the words of one.
 */
#ifndef TEXT_ROLLING_INNER_H
#define TEXT_ROLLING_INNER_H

#include "text/rolling.h"

/* Something proposed by somebody. Two with the same key are one proposal. */
struct roll_wish {
	str key;
	size_t who;
	const void *what; /* borrowed */
};

struct roll_proposal {
	str key;
	const void *what; /* of the first who proposes it */
	struct text_backers by;
};

struct roll_proposals {
	struct roll_proposal *p;
	size_t n;
};

/* Brings equal wishes together, each proposal where its first backer stands. Sorts w. In arena. */
struct roll_proposals roll_unify(struct arena *a, struct roll_wish *w, size_t n);

/* What an amendment does inside a paragraph: an edit, or a split (from == to). */
struct roll_edit {
	size_t who;
	size_t from, to;
	str text;
	bool splits;
	str id;       /* splits: of the paragraph that begins */
	bool on_text; /* only stances on the words: there are no others in their place */
};

struct roll_work {
	struct arena *arena;
	/* For each amendment the number of spans around the place of work on which it has spoken.
	 */
	uint32_t *spoken;
};

/* Fingerprints of the words of a paragraph, made when first asked for. */
struct roll_print {
	str shown; /* the text that is read; nodes that are not fresh are pieces of it */
	uint64_t *head;
};

/* A key of a few bytes, almost never that of other words; of the words themselves. In arena. */
str roll_print_key(struct arena *a, struct roll_print *p, const struct text_nodes *n);
str roll_words_key(struct arena *a, const struct text_nodes *n);
/* True when two alternatives read the same, with the same splits. */
bool roll_same_words(const struct text_nodes *x, const struct text_nodes *y);

/* The content of a paragraph with all that is proposed inside it. Sorts edit. In arena. */
struct text_nodes roll_paragraph(
    struct roll_work *w, const struct text_par *p, struct roll_edit *edit, size_t n);

#endif
