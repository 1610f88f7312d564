/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* read_inner: what the parts of the reading share; for read*.c only. Threads: any. */
#ifndef DOCX_READ_INNER_H
#define DOCX_READ_INNER_H

#include "docx/base.h"
#include "docx/derive.h"
#include "docx/docx.h"

/* The changes of one amendment to be. */
struct group {
	str author; /* as it stands in the file */
	str id, party;
	str *cosponsors;
	size_t cosponsors_n;
	usec date;
	const struct scan_amendment *part; /* as our own part has it, or NULL */
	size_t changes;                    /* how many are its own */
	bool has_words;                    /* one of them bears on words or a paragraph */
	str inside; /* the author of an insertion that it changes something in, or empty */
	struct word_set set;
};

struct reading_in {
	struct arena *arena;
	struct text_lexer *lexer;
	const struct docx_against *against;
	struct docx_read *out;
	struct scan scan;
	struct base base;
	bool disturbed; /* the file without its changes is not the revision */
	VEC(struct group) groups;
	bool *used;    /* one a change: something stands in it */
	bool *waits;   /* one a change: a person must look */
	bool *settled; /* one a change: an amendment says it */
};

/* Whose change is whose. */
void read_group(struct reading_in *r);
/* The amendment of a group; *found false: there is none, and looks say why when it matters. */
void read_settle(struct reading_in *r, struct group *g, struct text_amendment *out, bool *found);
/* Wishes about the file's paragraphs become wishes about the revision's; those that cannot are
 * looked at. */
void read_carry(struct reading_in *r, const struct group *g, struct derived *d);
/* Reasons, stances, and remarks that are neither. */
void read_remarks(struct reading_in *r, const size_t *amendment_of);

#endif
