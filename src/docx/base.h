/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * base: the paragraphs of a file without its changes, and which of the revision they are.
 *
 * A paragraph is known by its number, else by its bookmark, else by a text that no other has, else
 * by likeness. Whatever could be two is said, and is neither. Pure. Threads: one at a time for a
 * lexer.
 */
#ifndef DOCX_BASE_H
#define DOCX_BASE_H

#include "docx/docx.h"
#include "docx/scan.h"

struct base_par {
	str text;
	size_t first, last; /* of the stream: from behind the last mark to its own */
	size_t stored;      /* place in the revision, or TEXT_START */
	str id;             /* of the revision, or one that is new */
	enum text_kind kind;
	unsigned level;
	size_t in_note;
	struct text_mark *marks;
	size_t marks_n;
};

struct base {
	VEC(struct base_par) par;
	size_t *of; /* of each paragraph of the stream: the base paragraph whose stretch it is in */
};

/* The paragraphs; not yet matched. In arena. */
struct base base_of(struct arena *a, const struct word_stream *s);

/* Finds each in the revision (NULL: none), gives ids, fills looks and untracked of out. */
void base_match(struct arena *a, struct text_lexer *l, struct base *b, const struct scan *scan,
    const struct text_doc *stored, struct docx_read *out);

/* The id that a paragraph of the stream says of itself, by bookmark; p == NULL: none. */
str base_said_id(const struct scan *scan, const struct word_par *p);
/* The file's paragraphs as a revision. In arena. FAULT cannot be: ids are made different. */
struct text_doc base_doc(struct arena *a, const struct base *b);

#endif
