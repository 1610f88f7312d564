/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_doc_inner: what report_doc.c (the order of the report) and report_says.c (the sentences
 * of its facts) share. Threads: as report_doc.h.
 */
#ifndef ROOMS_REPORT_REPORT_DOC_INNER_H
#define ROOMS_REPORT_REPORT_DOC_INNER_H

#include "rooms/report/report_doc.h"

/* A report being written. */
struct report_writer {
	struct arena *a;
	const struct report_group *g;
	const struct report_facts *f;
	struct report_doc *d;
	int64_t numbered; /* paragraphs so far */
	int64_t headings; /* of the first level */
};

/* Adds words to a line. */
struct report_span *report_say(struct report_writer *w, struct report_line *line, str words);
/* A footnote to what was said last: the entries that prove it. */
void report_prove(
    struct report_writer *w, struct report_line *line, const struct report_entries *entries);
void report_prove_one(struct report_writer *w, struct report_line *line, int64_t seq);
/* The block goes into the report; paragraphs of facts outside of the summary get a number. */
void report_put(struct report_writer *w, const struct report_block *b, bool numbered);
/* s, or `instead` where s says "adopted" and nothing was. */
str report_clean(const struct report_writer *w, str s, str instead);
/* An address of the group, for print: base, then /g/slug/piece. */
str report_address(const struct report_writer *w, const char *piece);

/* Writes the paragraphs of these facts. */
void report_say_facts(struct report_writer *w, enum report_fact fact);

#endif
