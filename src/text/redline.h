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
	char op; /* '=' both, '+' the second only, '-' the first only */
	str text;
};

/* One paragraph of the redline, in the order of the second version; deleted ones where they stood.
 */
struct text_red {
	str id;
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
	struct text_red *par;
	size_t n;
};

/* Paragraphs that are gone are passed over. has_ids: ids of both versions mean the same. In arena.
 */
struct text_redline text_redline(struct arena *a, struct text_lexer *l, const struct text_doc *x,
    const struct text_doc *y, bool has_ids);

/* Renderings. In arena. HTML is a fragment: ins and del, each reachable by keyboard. */
str text_redline_text(struct arena *a, const struct text_redline *r);
str text_redline_html(struct arena *a, const struct text_redline *r);
struct json *text_redline_json(struct arena *a, const struct text_redline *r);

#endif
