/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * comment: what delegations say of a draft without proposing words, and the commenting table.
 *
 * Step of the process: beside amendments, while a draft is before the group. A comment is on a
 * paragraph or on the whole text; the secretariat's observation gives it a disposition with a
 * reason (DOMAIN.md, 12). Tables of the eight columns of ISO come in as files; every row becomes a
 * comment, placed or not. Threads: the state belongs to its group; everything returned is borrowed
 * from it.
 */
#ifndef ROOMS_COMMENT_COMMENT_H
#define ROOMS_COMMENT_COMMENT_H

#include "rooms/draft/draft.h"

#define COMMENT_COLUMNS   8
#define COMMENT_ROWS_MAX  2000              /* of one table */
#define COMMENT_BYTES_MAX ((size_t)1 << 20) /* of one table */
#define COMMENT_CELL_MAX  20000             /* characters of one cell */
#define COMMENT_SHORT_MAX 200               /* characters of a cell of the first five columns */

enum comment_disposition {
	COMMENT_OPEN, /* none yet */
	COMMENT_ACCEPTED,
	COMMENT_ACCEPTED_IN_PRINCIPLE,
	COMMENT_NOTED,
	COMMENT_REJECTED,
	COMMENT_ALREADY_COVERED,
};
#define COMMENT_DISPOSITIONS 6

/* Its number is its place in the draft, from 1. */
struct comment {
	int64_t seat; /* 0: an observer, or a member code that no delegation of the group has */
	str party;    /* the delegation, the observer's organisation, or the member code */
	str code;     /* as in the first column of the table that it came with; empty: none */
	str par;      /* id of the paragraph; empty: the whole text, or not placed */
	enum comment_disposition disposition;
	int64_t disposed; /* the revision before the group when it was given */
	bool withdrawn;
	int64_t seq;
};

struct comment_list {
	VEC(struct comment) v;
};

struct comment_state {
	VEC(struct comment_list) drafts; /* by the number of the draft, from 1 */
};

/* The comment of that number, or NULL. */
const struct comment *comment_get(const struct group *g, int64_t draft, int64_t number);
/* How many comments the draft has had, withdrawn ones too. */
int64_t comment_total(const struct group *g, int64_t draft);

/* "accepted", "accepted_in_principle", ... as in the record; empty: none. Static. */
const char *comment_disposition_word(enum comment_disposition d);
/* "Accepted in principle": as it stands in a table, in English. Static. */
const char *comment_disposition_label(enum comment_disposition d);
/* The one of that word; COMMENT_OPEN when there is none. */
enum comment_disposition comment_disposition_of(str word);

/* The titles of the eight columns, as in the template of ISO. */
extern const char *const comment_columns[COMMENT_COLUMNS];

/* A row of a commenting table, read. Short cells are one line each. */
struct comment_row {
	size_t number; /* in the spreadsheet, from 1 */
	str code, line, clause, place;
	str par;  /* the paragraph that is meant; empty: the whole text, or not found */
	str kind; /* ge te ed */
	str text, change;
	enum comment_disposition disposition;
	str observation; /* the reason; without a disposition: what stands in the last column */
};

struct comment_table {
	VEC(struct comment_row) rows;
};

/*
 * A commenting table as CSV, its rows placed in the text. Nothing is taken of a table that is not
 * right: INVALID of `field`, with the row and the column and what to do. In arena. Pure.
 */
enum rc comment_table_read(struct arena *a, const struct text_doc *doc, str bytes,
    const char *field, struct comment_table *out, struct err *err) MUST_USE;
/* The paragraph of that number as shown ("12 bis", "paragraph 12 bis") or id; empty: none, or two.
 */
str comment_find_par(struct arena *a, const struct text_doc *doc, str name);

#endif
