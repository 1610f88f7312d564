/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * compilation_book: a compilation put together from its view and that of proposals, as of one entry
 * of the record, so that a revision that was issued is read as it was.
 *
 * Every proposal of that moment is in exactly one of three: an entry (it may stand beside another
 * as its alternative), gone into an entry by merge or split, or not placed. Threads: each request
 * its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_COMPILATION_COMPILATION_BOOK_H
#define ROOMS_COMPILATION_COMPILATION_BOOK_H

#include "compilation_view.sql.h"
#include "engine/page.h"

/* For `upto`: everything. */
#define COMPILATION_NOW INT64_MAX

/* Where a proposal is. */
enum compilation_where { COMPILATION_ENTRY, COMPILATION_GONE_INTO, COMPILATION_NOT_PLACED };

/* What a sponsor says: of an entry, or of the merge of a source. */
struct compilation_reply {
	str delegation;
	str answer; /* the word of the record; "": none yet */
	str label;
	str state; /* for data-state */
	str note;
	str date;
	bool stale; /* it is about an earlier version */
	int64_t revision;
	int64_t seq;
	url record;
};

struct compilation_entry;

struct compilation_entry_ref {
	const struct compilation_entry *e;
};

typedef VEC(struct compilation_entry_ref) compilation_refs;
typedef VEC(struct compilation_reply) compilation_replies;

struct compilation_entry {
	int64_t number; /* of the proposal; never changes */
	str id;         /* its place on the page: "e12" */
	str title, lang;
	str person, organisation; /* as kept when it was placed, or as submitted */
	str sponsors;             /* now */
	VEC(str) paragraphs;
	str status, status_label;
	bool objected;    /* a sponsor objected to its merge */
	int64_t revision; /* that is shown */
	int64_t newest;
	enum compilation_where where;
	int64_t section; /* in which it stands now; 0: none */
	str theme;
	str placed_in;   /* the heading under which it was placed, when that is another one now */
	str own_section; /* that its sponsor named */
	str reason;      /* why it is not placed; "": nobody has said */
	int64_t contribution;
	bool from_contribution;
	int64_t text_seq;
	int64_t placed_seq;
	/* Of what it was made. */
	compilation_refs sources;
	compilation_refs alternatives; /* sources that stand beside it after an objection */
	const struct compilation_entry *beside; /* the entry that this is an alternative of */
	str kind;                               /* merge, split or "" */
	str approach, rationale;
	str answer_by; /* the day until which sponsors of the sources answer */
	bool answering;
	int64_t made_seq;
	url made_record;
	/* What it went into. */
	compilation_refs results;
	compilation_replies merge_answers; /* of its own sponsors, when it is a source of a merge */
	compilation_replies confirmations;
	bool confirmed; /* by all its sponsors, in this version */
	url to, place, contribution_to, revise, record;
};

struct compilation_theme {
	str name; /* "": none */
	compilation_refs entries;
};

struct compilation_chapter {
	int64_t number;
	str id;
	str heading;
	str formerly; /* headings of the sections that were merged into it */
	int64_t entries;
	int64_t result; /* 0: it stands */
	VEC(struct compilation_theme) themes;
	url record, place;
};

struct compilation_book {
	int64_t number;
	str title;
	bool closed;
	str deadline, deadline_iso;
	int64_t upto;
	VEC(struct compilation_entry) all; /* proposal n: all.p[n - 1] */
	VEC(struct compilation_chapter) chapters;
	compilation_refs not_placed;
	int64_t entries, alternatives, gone_into, confirmed, objections;
};

/* ABSENT: no such compilation. upto: a number of an entry, or COMPILATION_NOW. */
enum rc compilation_book_make(struct page *p, int64_t number, int64_t upto,
    struct compilation_book *out, struct err *err) MUST_USE;
/* States its facts: sections, placed (the entries), gone_into, not_placed, provenance, counts. */
void compilation_book_facts(struct page *p, const struct compilation_book *b);
/* The entry of that number, or NULL. */
const struct compilation_entry *compilation_book_entry(
    const struct compilation_book *b, int64_t number);

#endif
