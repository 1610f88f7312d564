/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * redline: what changed between any two versions of a text.
 *
 * Paragraphs are paired by id, then by equal text, then by likeness, with moves, splits and joins
 * seen as such; words inside a pair by text/diff.h. Taking all changes gives the second version,
 * taking none the first, byte for byte.
 * Pure. Threads: any.
 */
#ifndef TEXT_REDLINE_H
#define TEXT_REDLINE_H

#include "base/json.h"
#include "text/diff.h"
#include "text/doc.h"

enum text_change {
	TEXT_IS_SAME,
	TEXT_IS_CHANGED,
	TEXT_IS_INSERTED,
	TEXT_IS_DELETED,
	TEXT_IS_MOVED,  /* words may have changed as well */
	TEXT_IS_SPLIT,  /* cut off the paragraph before it */
	TEXT_IS_JOINED, /* two or more of the first version in one */
};

struct text_span {
	char op;     /* '=' both, '+' the second only, '-' the first only */
	bool border; /* of '-': here the next of the old paragraphs began; text: an empty line */
	str text;
};

/*
 * One paragraph of the redline, in the order of the second version; deleted ones where they stood.
 * Its '=' and '+' spans one behind the other are its text in the second version. Its '=' and '-'
 * spans are its text in the first one; where it was split, together with those of the TEXT_IS_SPLIT
 * that follow it; where it was joined, with a border between the old paragraphs.
 */
struct text_red {
	str id; /* in the second version; of a deleted one in the first */
	enum text_kind kind;
	unsigned level;
	enum text_change change;
	struct text_span *span;
	size_t spans_n;
	size_t *old; /* places of its paragraphs in the first version, none when inserted */
	size_t olds_n;
	size_t young; /* its place in the second version, or TEXT_START */
};

struct text_redline {
	const struct text_doc *x, *y; /* borrowed */
	struct text_red *par;
	size_t n;
};

/* Paragraphs that are gone are passed over. has_ids: ids of both versions mean the same. In arena,
 * borrowing from x and y. */
struct text_redline text_redline(struct arena *a, struct text_lexer *l, const struct text_doc *x,
    const struct text_doc *y, bool has_ids);

/* The tokens of what is read of each paragraph, for several redlines of one revision. In arena. */
struct text_tokens *text_cut_all(struct arena *a, struct text_lexer *l, const struct text_doc *d);
/* The same redline from tokens that were cut by this lexer; either may be NULL. Borrows them. */
struct text_redline text_redline_cut(struct arena *a, struct text_lexer *l,
    const struct text_doc *x, const struct text_tokens *xt, const struct text_doc *y,
    const struct text_tokens *yt, bool has_ids);

/* Only the paragraphs that changed are left. */
void text_redline_changes(struct text_redline *r);

/*
 * Renderings. In arena.
 * Text: the whole second version, [-deleted-] and {+inserted+}, in words what happened to a
 * paragraph. HTML is a fragment: ins and del, each change reachable by keyboard; classes redline,
 * change, visually-hidden. JSON: {"paragraphs":[{"id":..,"op":..,"old":[..],"spans":[..]}]}, old
 * being the numbers, from 0, of the paragraphs of the first version; moved ones also have "from",
 * the id of the one that they stood behind; split and joined ones "of", the ids of the old ones.
 */
str text_redline_text(struct arena *a, const struct text_redline *r);
str text_redline_html(struct arena *a, const struct text_redline *r);
/* In the language of the reader (text/rolling_html.h: only say is used). voice may be NULL. */
struct text_voice;
str text_redline_html_in(
    struct arena *a, const struct text_redline *r, const struct text_voice *voice);
struct json *text_redline_json(struct arena *a, const struct text_redline *r);
/* "same", "changed", "inserted", "deleted", "moved", "split", "joined". Static. */
str text_change_name(enum text_change c);

#endif
