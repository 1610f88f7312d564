/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * compilation_pages: compilations as their templates see them.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_COMPILATION_COMPILATION_PAGES_H
#define ROOMS_COMPILATION_COMPILATION_PAGES_H

#include "rooms/compilation/compilation_book.h"

/* A button: a command that the viewer may give. */
struct compilation_deed {
	str label;
	url to;
};

struct compilation_card {
	int64_t number;
	str title;
	str state, state_label;
	str deadline, deadline_iso;
	str symbol; /* of the last revision; may be empty */
	url to, record;
};

struct compilation_index {
	VEC(struct compilation_card) cards;
	bool may_open;
	url open;
	url proposals;
};

/* A revision that was issued. */
struct compilation_issued {
	int64_t issue;
	str symbol, title, lang;
	str date, iso;
	VEC(str) paragraphs; /* introduction */
	url to, document, record;
};

/* The pages of one compilation, in whichever view. */
struct compilation_page {
	const struct compilation_book *book;
	bool frozen; /* a revision that was issued, or for print: nothing to press */
	bool print;
	const struct compilation_issued *issued; /* NULL: the compilation of now */
	VEC(struct compilation_issued) issues;
	VEC(struct compilation_deed) deeds;
	int64_t total; /* proposals */
	int64_t mine;  /* tasks of the viewer */
	int64_t only;  /* the section that is shown; 0: all, -1: none, for there are too many */
	VEC(struct compilation_deed) contents; /* the sections that stand */
	url self, all, unplaced, provenance, tasks, print_view;
};

/* Proposals that are not placed, by the section that their sponsors named. */
struct compilation_heap {
	str name;
	compilation_refs entries;
	url place;   /* puts them into the section of that name */
	str section; /* its heading; "": there is none yet */
	bool may_place;
	url make_section;
};

struct compilation_unplaced_page {
	const struct compilation_book *book;
	VEC(struct compilation_heap) open; /* nobody has said anything about them */
	compilation_refs settled;          /* left out with a reason, withdrawn, gone elsewhere */
	bool may_say;
	url say;
	url back;
};

/* One row of the table of provenance, with whom it comes from. */
struct compilation_origin {
	const struct compilation_entry *result;
	str parties;  /* all contributing */
	str approach; /* a sentence */
	bool stands;  /* as an entry */
};

struct compilation_provenance_page {
	const struct compilation_book *book;
	VEC(struct compilation_origin) rows;
	bool print;
	url back;
};

/* One thing that somebody is asked for. */
struct compilation_task {
	const struct compilation_entry *entry;
	str delegation;
	str what; /* the state of it, a sentence */
	str state;
	url act; /* confirm or answer */
	str act_label;
	url revise; /* empty: not now */
	bool may_revise;
};

struct compilation_tasks_page {
	const struct compilation_book *book;
	VEC(struct compilation_task) merges;  /* to be answered */
	VEC(struct compilation_task) entries; /* to be confirmed, or revised */
	VEC(struct compilation_task) done;    /* confirmed: to be revised at most */
	bool everyone;                        /* the office sees all */
	str delegation;
	url back;
};

/* What the viewer, or everyone when the office looks, is asked for. */
enum rc compilation_tasks_make(struct page *p, const struct compilation_book *b,
    struct compilation_tasks_page *out, struct err *err) MUST_USE;
/* The rows of the table of provenance. */
void compilation_origins(struct page *p, struct compilation_provenance_page *v);
/* The page of one compilation: "", "unplaced", "provenance" ... below it. */
url compilation_url(const struct page *p, int64_t number, const char *below);

enum rc compilation_tasks_page(struct page *p, struct err *err);
enum rc compilation_unplaced_page(struct page *p, struct err *err);
enum rc compilation_provenance_page(struct page *p, struct err *err);

/* Forms that know what is open, and who looks. */
enum rc compilation_shape_current(struct page *p, struct form *f, struct err *err);
enum rc compilation_shape_place(struct page *p, struct form *f, struct err *err);
enum rc compilation_shape_confirm(struct page *p, struct form *f, struct err *err);
enum rc compilation_shape_issue(struct page *p, struct form *f, struct err *err);

#endif
