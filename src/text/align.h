/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * align: which paragraphs of two versions belong together; for the redline only.
 *
 * By id, then equal text, then likeness. What has been paired in order stays; where two pairs
 * cross, the smaller number of paragraphs is taken for moved. Cost: n log n of the paragraphs
 * that are in both, and the words of those that are not.
 * Pure. Threads: any (a lexer serves one at a time). No errors.
 */
#ifndef TEXT_ALIGN_H
#define TEXT_ALIGN_H

#include "text/doc.h"
#include "text/lexer.h"

#define ALIGN_NONE ((size_t)-1)

/* A paragraph that is read. */
struct align_par {
	size_t place; /* in its revision */
	str text;
	uint32_t same;                 /* the same number for the same text, in both versions */
	const struct text_tokens *cut; /* NULL until something asks: align_cut */
	uint32_t *word;                /* those that are words; the same */
	size_t words_n;
	size_t mate; /* of the first version: the head of its group in the second, or ALIGN_NONE */
	/* Of the second version: */
	size_t head;  /* the head of its group, which it follows: itself, or what it was cut off */
	size_t first; /* a head: the first of its mates, or ALIGN_NONE */
	bool by_id;   /* paired by id: it stays paired, however little is alike */
	bool moved;   /* a head: its group stands elsewhere than it stood */
};

struct align_side {
	const struct text_doc *doc;
	struct align_par *par;
	size_t n;
};

struct align {
	struct arena *arena;
	struct text_lexer *lexer;
	struct align_side x, y;
};

/* xt, yt: one a paragraph of the revision, cut by l; or NULL. In arena; borrows all. */
struct align align(struct arena *a, struct text_lexer *l, const struct text_doc *x,
    const struct text_tokens *xt, const struct text_doc *y, const struct text_tokens *yt,
    bool has_ids);
/* The tokens of a paragraph; cut the first time. */
const struct text_tokens *align_cut(struct align *al, struct align_par *p);

/* Between align.c, align_like.c and align_parts.c: */

static inline bool align_is_free(const struct align_par *p)
{
	return p->mate == ALIGN_NONE && p->head == ALIGN_NONE;
}
/* Sets the words of a paragraph, the first time. */
void align_words(struct align *al, struct align_par *p);
/* The bytes that are the same at the beginning and at the end. */
size_t align_same_ends(str x, str y);

struct align_link {
	size_t x, y;
	uint64_t weight;
};
/* Makes a pair. */
void align_pair(struct align *al, size_t i, size_t j);
/* Finds what was split off, or joined to, a paragraph that is paired. */
void align_parts(struct align *al);
/* Pairs what is alike, in order first, then what was split or joined, then wherever it stands. */
void align_alike(struct align *al);
/*
 * The heads that stay: a largest set of those with mates that stand in order in both; of equally
 * large ones that with most text. *n: their number.
 */
struct align_link *align_stay(struct align *al, size_t *n);
/*
 * The heaviest chain of links that rise in both numbers: keeps only those of list, which is sorted
 * by y, then x falling; their number. x is below x_n.
 */
size_t align_chain(struct arena *a, struct align_link *list, size_t n, size_t x_n);

#endif
