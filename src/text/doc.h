/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * doc: one revision of a text under negotiation: paragraphs that keep their ids, in order.
 *
 * What has been deleted stays where it was, marked gone and not shown: an amendment filed before
 * the deletion still finds its place, and two places that became one keep their order. So every
 * paragraph has a full text (all that ever stood in it since this chain of revisions began) and
 * a text that is read (the full one without what is gone). Positions inside a paragraph are bytes
 * of its full text, always at the edge of a grapheme; what people write counts graphemes of the
 * text that is read (text/amend.h). A deleted paragraph keeps its place in the order, too.
 *
 * Pure: no I/O, no clock, no globals; results in the arena passed in. Threads: any. No errors
 * except where a function says so. The rules are those of TEXT-ENGINE.md, 2.
 */
#ifndef TEXT_DOC_H
#define TEXT_DOC_H

#include "base/err.h"
#include "base/map.h"

enum text_kind { TEXT_PARA, TEXT_HEADING, TEXT_SUB, TEXT_NOTE };

/* A stretch of bytes of the full text, to excluded. */
struct text_run {
	size_t from, to;
};

enum text_mark_kind { TEXT_EMPHASIS, TEXT_STRONG, TEXT_LINK, TEXT_NOTE_REF };

/* Emphasis, a link, or the reference to a footnote (from == to: it stands there). */
struct text_mark {
	enum text_mark_kind kind;
	size_t from, to; /* bytes of the full text */
	str value;       /* the address of a link, the id of the footnote's paragraph */
};

struct text_par {
	str id;
	enum text_kind kind;
	unsigned level;        /* of headings and sub-paragraphs, from 1; 0: none */
	str number;            /* as shown, "12", "12 bis", "(a)"; empty: has none */
	str order;             /* order key: bytewise order is the order of the paragraphs */
	str full;              /* with what is gone */
	struct text_run *gone; /* in order, neither overlapping nor touching */
	size_t gone_n;
	struct text_mark *marks;
	size_t marks_n;
	str split_from; /* id of the paragraph that this one was cut off; empty: none */
	str *aliases;   /* ids of paragraphs that were joined to this one */
	size_t aliases_n;
	bool is_gone; /* deleted as a whole: only its place is left */
};

struct text_doc {
	struct text_par *par; /* in order, the gone ones too */
	size_t n;
	struct map by_id; /* id or alias: struct text_par * */
};

/* No paragraph: before the first. */
#define TEXT_START ((size_t)-1)

/* Fills by_id from par. INVALID: an id that stands twice, or is empty. */
enum rc text_doc_index(struct arena *a, struct text_doc *d, struct err *err) MUST_USE;
/* The place in d->par of the paragraph with this id or alias, or TEXT_START. */
size_t text_doc_find(const struct text_doc *d, str id);
/* The next (previous) paragraph that is not gone, or TEXT_START. */
size_t text_doc_next(const struct text_doc *d, size_t i);
size_t text_doc_before(const struct text_doc *d, size_t i);

/* The text that is read. Borrowed when nothing is gone, else in arena. */
str text_par_read(struct arena *a, const struct text_par *p);
/* The part of it that lies between two positions. As above. */
str text_par_between(struct arena *a, const struct text_par *p, size_t from, size_t to);
/* Bytes of the text that is read before a position of the full text. */
size_t text_par_shown(const struct text_par *p, size_t at);
/*
 * The position of a byte of the text that is read; with `past` bytes of what is gone right there
 * to be passed. TEXT_START: there is no such place.
 */
size_t text_par_at(const struct text_par *p, size_t shown, size_t past);
/* Bytes of what is gone between the position and the last byte that is read before it. */
size_t text_par_past(const struct text_par *p, size_t at);
/* True when all of [from, to) is gone. */
bool text_par_is_gone(const struct text_par *p, size_t from, size_t to);

#endif
