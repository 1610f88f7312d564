/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft_filter_words: which paragraphs and which amendments somebody asked to see.
 *
 * Pure. Threads: any.
 */
#ifndef ROOMS_DRAFT_DRAFT_FILTER_WORDS_H
#define ROOMS_DRAFT_DRAFT_FILTER_WORDS_H

#include "text/doc.h"

/*
 * Paragraphs as people type them: "12, 15-18, 20 bis": numbers as they stand before the
 * paragraphs, or ids, one by one or from-to, in any case. Sets takes[i] of each paragraph that is
 * meant; takes has room for d->n. INVALID at field "paragraphs": a piece that names none; those
 * that do are taken all the same.
 */
enum rc draft_filter_paragraphs(
    const struct text_doc *d, str typed, bool *takes, struct err *err) MUST_USE;

/* What was asked of amendments; empty or 0: nothing. */
struct draft_asked {
	str party, constituency, status;
	bool since;
};

/* An amendment, or a stance on words of the text, as the filter sees it. */
struct draft_behind {
	const str *party;        /* those behind it, and those that took a stance on it */
	const str *constituency; /* one for each of these; empty: not known */
	size_t n;
	str status;   /* draft_filter_status */
	bool touched; /* since the moment that was asked for */
};

/* "before", "waits" (for its author), "in_text", "accepted", "not_accepted", "withdrawn". Static.
 */
str draft_filter_status(str status, str outcome);
bool draft_filter_takes(const struct draft_asked *asked, const struct draft_behind *x);
/* True if something was asked of amendments. */
bool draft_filter_asks(const struct draft_asked *asked);

#endif
