/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * lexer: what token.c, grapheme.c and intern.c share; for them and the redline only.
 *
 * Threads: one at a time for a lexer.
 */
#ifndef TEXT_LEXER_H
#define TEXT_LEXER_H

#include "base/buf.h"
#include "base/vec.h"
#include "text/token.h"

#include <unicode/ubrk.h>

struct intern_slot {
	uint64_t hash;
	const char *p; /* NULL: free */
	uint32_t n;
	uint32_t id;
};

/* Numbers for tokens: the same bytes have the same number. In arena. */
struct intern {
	struct arena *arena;
	bool borrows; /* bytes are not copied, and numbers tell no kind */
	uint64_t key[2];
	struct intern_slot *slot;
	size_t cap, n;
	uint32_t single[128]; /* of tokens of one byte; 0: none yet */
	uint32_t last;        /* how many have been numbered */
};

struct text_lexer {
	struct arena *arena;
	UBreakIterator *word;     /* NULL until something asks */
	UBreakIterator *grapheme; /* the same */
	struct intern intern;
	VEC(uint32_t) end; /* of the text being cut */
	bool in_space;     /* the last of them ends a run of spaces */
	struct buf seam;   /* of text_is_edge */
};

void intern_open(struct intern *in, struct arena *a);
uint32_t intern_id(struct intern *in, const char *p, size_t n);
/* Numbers from 1 on, for tables: without the kind. At most intern.last. */
static inline uint32_t intern_dense(uint32_t id)
{
	return id >> 2;
}

/* The number of bytes that are the same at the beginning, at the end. */
size_t lexer_same_head(str x, str y);
size_t lexer_same_tail(str x, str y);
/*
 * True when a run of spaces begins at `at` that no token reaches over, whatever else stands in the
 * text: what lies before it and what begins with it can be cut apart.
 */
bool lexer_is_gap(str text, size_t at);
/* Opens *it, unless it is open, and sets it to text (less than 2 GiB). *it borrows text. */
void lexer_look_at(UBreakIterator **it, UBreakIteratorType type, str text);
/*
 * Whether a grapheme ends between two characters: 1, 0, or -1 when that depends on what stands
 * around them.
 */
int grapheme_ends_between(uint32_t left, uint32_t right);
/* The character that ends at, that begins at a byte of a valid text. */
uint32_t char_before(str text, size_t at);
uint32_t char_at(str text, size_t at);

#endif
