/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_doc: a whole report, from its masthead to its annexes: the facts with footnotes to the
 * entries that prove them, and around them the prose of a draft.
 *
 * The page, the file and the plain text are made from the same report_doc. Threads: any, with its
 * own connection. Everything is in arena.
 */
#ifndef ROOMS_REPORT_REPORT_DOC_H
#define ROOMS_REPORT_REPORT_DOC_H

#include "engine/html.h"
#include "rooms/report/report_cli.h"
#include "rooms/report/report_facts.h"
#include "rooms/report/report_text.h"

struct report_span {
	str words;
	bool linked;
	url to;
	int64_t note; /* called after the words; 0: none */
	bool first;   /* the note links back to here */
};

/* Words in one language with the footnotes they call. */
struct report_line {
	str lang; /* "": English, as the rest */
	VEC(struct report_span) spans;
};

enum report_block_kind {
	REPORT_HEADING,
	REPORT_PARAGRAPH, /* numbered when number > 0 */
	REPORT_LIST,
	REPORT_QUOTE,
};

struct report_block {
	enum report_block_kind kind;
	int level;      /* of a heading: 2 or 3 */
	str id;         /* of a heading */
	int64_t number; /* of a paragraph */
	bool fact;      /* written by the record, not by the Chair */
	struct report_line line;
	str mark;   /* of a quote: its paragraph number */
	str source; /* of a quote */
	VEC(struct report_line) items;
};

struct report_proof {
	int64_t seq;
	url to;
};

struct report_endnote {
	int64_t number;
	str words;  /* of the Chair's; "" when it is a proof */
	str ranges; /* "3, 5-9": the entries, for print */
	VEC(struct report_proof) proofs;
};

/* One proposal in full, for the annex. */
struct report_annexed {
	const struct proposal_full_row *row;
	str status;
	bool withheld; /* its words are not repeated here */
	url to;
	VEC(str) paragraphs;
};

struct report_doc {
	str group;
	str title;
	str symbol;    /* "" until it is issued */
	str statement; /* by whom it is issued, a sentence */
	str date;      /* of issue, or "" */
	bool issued;
	bool no_agreement;
	bool has_draft;
	int64_t draft; /* whose prose it has */
	VEC(struct report_block) blocks;
	VEC(struct report_endnote) notes;
	/* The annexes. */
	const struct report_facts *facts;
	VEC(struct report_annexed) proposals;
	VEC(struct report_line) documents;
};

/*
 * The report that is written or was issued last, with the prose of its draft `draft` (0: the
 * issued one, or the last). Without any report: the facts alone. FAULT, BUSY; ABSENT: no such
 * draft.
 */
enum rc report_doc_make(struct db *db, struct arena *a, const struct report_group *g, int64_t draft,
    struct report_doc *out, struct err *err) MUST_USE;

/* Places of a report, for its templates (report_doc.html): #note-3, #call-3, #p7. In arena. */
url report_note_url(struct arena *a, int64_t number);
url report_call_url(struct arena *a, int64_t number);
url report_paragraph_url(struct arena *a, int64_t number);

/* The report as plain text, 76 columns wide. */
void report_plain(const struct report_doc *d, struct buf *out);

#endif
