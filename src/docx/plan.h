/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * plan: a draft and its amendments as a stream of runs and marks, before anything is written.
 *
 * An operation that excludes one of another amendment becomes an alternative in brackets, and so
 * does that one: none is preferred. What is moved stands twice, where it was and where it comes
 * to; others' changes inside it stand in both, so that any set of changes can be accepted.
 * Pure. Threads: any.
 */
#ifndef DOCX_PLAN_H
#define DOCX_PLAN_H

#include "docx/stream.h"
#include "text/touch.h"

/* An operation in brackets. */
struct plan_alt {
	size_t class; /* in touch */
	str text;     /* as it stands there */
	str why;      /* what it stands against: a sentence */
};

struct plan {
	const struct text_doc *doc; /* borrowed */
	const struct text_amendment *list;
	size_t n;
	struct text_touch touch; /* the operations, equal ones once */
	bool *is_alt;            /* one a class */
	VEC(struct plan_alt) alts;
	struct word_stream stream;
	bool *is_note; /* one a paragraph: it goes to the footnotes */
	bool has_notes;
};

/* In arena. */
struct plan plan_make(
    struct arena *a, const struct text_doc *d, const struct text_amendment *list, size_t n);

/* "Kenya; Peru": the author of an amendment's changes. In arena. */
str plan_author(struct arena *a, const struct text_amendment *m);

#endif
